import pytest

from bot.documents.models import ChartRow


@pytest.mark.parametrize(
    "figures",
    [
        {"fits": (5,)},
        {"fits": (-1,)},
        {"fits": (2,) * 26},
        {"median": 4.5},
        {"low": 1.0},
        {"low": 3.0, "high": 1.0},
        {"own": 7},
    ],
)
def test_figures_off_the_scale_are_refused(figures: dict[str, object]) -> None:
    """A row takes up to 25 fits from 0 to 4 and a middle half with both ends in order."""
    with pytest.raises(ValueError, match=r"row|low"):
        ChartRow("Transference", **figures)  # type: ignore[arg-type]


def test_a_row_may_have_no_figures() -> None:
    """With fewer than four raters there is a label and a note, nothing else."""
    assert ChartRow("Transference", note="no figures").median is None
