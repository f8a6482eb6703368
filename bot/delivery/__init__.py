"""What is sent, once: nothing else in Sixfold sends."""
