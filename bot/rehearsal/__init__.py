"""The whole bot on a simulated Discord: to practise a session alone, and to test it as its users use it."""
