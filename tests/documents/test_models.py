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
        {"after": (2,)},
        {"fits": (1, 2), "after": (2,)},
        {"fits": (1, 2), "after": (2, 5)},
        {"fits": (1, 2), "after": (3, 2)},
        {"fits": (1, 2), "median_after": 2.0},
        {"fits": (1, 2), "after": (1, 2), "median_after": 4.5},
    ],
)
def test_figures_off_the_scale_are_refused(figures: dict[str, object]) -> None:
    """Up to 25 fits from 0 to 4, a middle half with its ends in order, a second rating like the first."""
    with pytest.raises(ValueError, match=r"row|low"):
        ChartRow("Transference", **figures)  # type: ignore[arg-type]


def test_a_row_may_have_no_figures() -> None:
    """With fewer than four raters there is a label and a note, nothing else."""
    assert ChartRow("Transference", note="no figures").median is None


def test_a_second_rating_belongs_to_the_same_people() -> None:
    """As many fits after as before are taken, with or without their median."""
    assert ChartRow("Transference", (3, 0), after=(1, 2)).median_after is None
    assert ChartRow("Transference", (0, 3), 1.5, after=(1, 2), median_after=1.5).after == (1, 2)
