"""How columns get onto paper, for any table."""

from hypothesis import example, given
from hypothesis import strategies as st

from domain.reports.rendering.paper import LANDSCAPE_COLUMNS, lay
from domain.reports.rendering.table import Kind, Leaf

PAPER = {False: 510, True: 756}
LENGTHS = st.integers(0, 700)


@st.composite
def tables(draw):
    name = Leaf("", draw(st.text(max_size=60)), draw(st.sampled_from([Kind.TEXT, Kind.DATE, Kind.MONEY])))
    columns, lengths = [name], [draw(LENGTHS)]
    for number in range(draw(st.integers(0, 40))):
        group = draw(st.sampled_from(["", f"Group {number}"]))
        for _ in range(draw(st.integers(1, 5))):
            columns.append(
                Leaf(group, draw(st.sampled_from(["", "Total", "% Change (PY)", "x" * 200])), draw(st.sampled_from(list(Kind))))
            )
            lengths.append(draw(LENGTHS | st.integers(0, 16)))
    return columns, lengths


@given(tables())
@example(([Leaf("", "Name", Kind.TEXT)], [0]))
def test_every_column_is_there_once_beside_the_names_and_within_the_paper(table):
    columns, lengths = table
    paper = lay(columns, lengths)
    assert paper.landscape == (len(columns) > LANDSCAPE_COLUMNS)
    assert [place for run in paper.runs for place in run.places[1:]] == list(range(1, len(columns)))
    for run in paper.runs:
        assert run.places[0] == 0
        assert run.widths[0] is None
        assert all(width > 0 for width in run.widths[1:])
        assert sum(run.widths[1:]) < PAPER[paper.landscape]


@given(st.integers(2, 40), st.integers(1, 4), st.integers(4, 14))
def test_what_a_period_is_compared_with_stays_beside_it(groups, members, length):
    columns = [Leaf("", "Name", Kind.TEXT)] + [
        Leaf(str(group), "Total", Kind.MONEY) for group in range(groups) for _ in range(members)
    ]
    paper = lay(columns, [30] + [length] * groups * members)
    assert paper.size >= 6
    for run in paper.runs:  # no figure reaches into its neighbour, at 0.54 of the size of type each
        assert all(width * 100 >= length * paper.size * 54 for width in run.widths[1:])
    homes = {columns[place].group: number for number, run in enumerate(paper.runs) for place in run.places[1:]}
    for number, run in enumerate(paper.runs):
        assert all(homes[columns[place].group] == number for place in run.places[1:])
    if len(paper.runs) > 1:
        counts = [len(run.places) for run in paper.runs]
        assert max(counts) - min(counts[:-1]) == 0  # evenly, but for the last


def test_words_take_what_figures_leave():
    columns = [Leaf("", "Date", Kind.DATE), Leaf("", "Description", Kind.TEXT), Leaf("", "Amount", Kind.MONEY)]
    (run,) = lay(columns, [11, 60, 8]).runs
    assert run.widths[1] > 200
