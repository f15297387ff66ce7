"""Bars of a report, as SVG: the median, p95 and p99 of each line, and where its thresholds are."""

from collections.abc import Mapping, Sequence
from html import escape

WIDTH, LEFT, ROW = 860, 290, 58
BARS = (("med", "#9db8d2"), ("p(95)", "#3f7cac"), ("p(99)", "#1d3f5e"))
HEIGHT_OF_BAR = 13
RED = "#b3261e"
WIDE_LABEL = 45


def chart(lines: Sequence[tuple[str, Mapping[str, float], Mapping[str, int]]]) -> str:
    """An SVG; each line has a name, its values and its limits, both by percentile and in milliseconds.

    All share one scale, which ends at the largest value or limit.
    """
    largest = max((max(values[key] for key, _ in BARS) for _, values, _ in lines), default=1.0)
    scale = max(largest, *(limit for _, _, limits in lines for limit in limits.values()), 1.0) * 1.12
    rows = "".join(_row(number * ROW, scale, *line) for number, line in enumerate(lines))
    names = "".join(
        f'<rect x="{LEFT + 110 * n}" y="4" width="12" height="12" fill="{color}"/>'
        f'<text x="{LEFT + 110 * n + 17}" y="15">{key}</text>'
        for n, (key, color) in enumerate(BARS)
    )
    legend = f'{names}<text x="{LEFT + 330}" y="15" fill="{RED}">┃ threshold</text>'
    height = ROW * len(lines) + 30
    return (
        f'<svg viewBox="0 0 {WIDTH} {height}" width="100%" role="img" font-family="system-ui" font-size="13">'
        f'{legend}<g transform="translate(0 28)">{rows}</g></svg>'
    )


def _row(top: int, scale: float, name: str, values: Mapping[str, float], limits: Mapping[str, int]) -> str:
    drawn = [f'<text x="{LEFT - 10}" y="{top + 28}" text-anchor="end">{escape(name)}</text>']
    for number, (key, color) in enumerate(BARS):
        y, wide = top + 4 + number * (HEIGHT_OF_BAR + 2), _wide(values[key], scale)
        drawn.append(f'<rect x="{LEFT}" y="{y}" width="{wide:.1f}" height="{HEIGHT_OF_BAR}" fill="{color}"/>')
        limit = limits.get(key)
        if limit is not None:
            drawn += [_line(LEFT + _wide(limit, scale), y, *look) for look in (("#fff", 5), (RED, 2))]
        # Beside the line rather than over it, and red beyond it.
        label = LEFT + wide + 5
        if limit is not None and label <= LEFT + _wide(limit, scale) + 3 <= label + WIDE_LABEL:
            label = LEFT + _wide(limit, scale) + 5
        beyond = f' fill="{RED}" font-weight="600"' if limit is not None and values[key] >= limit else ""
        drawn.append(f'<text x="{label:.1f}" y="{y + 11}" font-size="11"{beyond}>{values[key]:,.0f} ms</text>')
    return "".join(drawn)


def _line(x: float, y: int, color: str, wide: int) -> str:
    return (
        f'<line x1="{x:.1f}" x2="{x:.1f}" y1="{y - 1}" y2="{y + HEIGHT_OF_BAR + 1}" stroke="{color}"'
        f' stroke-width="{wide}"/>'
    )


def _wide(value: float, scale: float) -> float:
    return (WIDTH - LEFT - 60) * value / scale
