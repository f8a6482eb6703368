"""A small double of Discord over HTTP and WebSocket: enough to run `sixfold run` unmodified."""

from benchmarks.double.faults import Fault
from benchmarks.double.people import NoAnswer, Person
from benchmarks.double.process import Process, WarmProcess
from benchmarks.double.server import Double

__all__ = ["Double", "Fault", "NoAnswer", "Person", "Process", "WarmProcess"]
