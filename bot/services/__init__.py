"""One method a use case, one transaction each."""
