"""The one way in which Sixfold says no."""


class Refusal(Exception):
    """Something can't be done now. ``key`` names the sentence in ``prompts/`` that says what to do next.

    Raised before anything is changed. ``values`` fill the sentence and hold no text that a person typed.
    """

    def __init__(self, key: str, /, **values: str | int) -> None:
        super().__init__(key)
        self.key = key
        self.values = values
