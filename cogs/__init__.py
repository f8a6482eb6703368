"""Commands and clicks: parse, authorise, call one service, render."""
