"""A picture of what a page costs at each size, ours and the peers', on two logarithmic scales."""

import json
from math import log10
from pathlib import Path

_COLORS = {"naive": "#b3432b", "datasette": "#c9962e", "uncached": "#2b6cb3", "ours": "#1f8a5b"}
_NAMES = {
    "naive": "FastAPI + SQLModel",
    "datasette": "Datasette",
    "uncached": "ours, no cache",
    "ours": "ours",
}
_WIDTH, _HEIGHT, _LEFT, _TOP, _RIGHT, _BOTTOM = 640, 400, 70, 30, 470, 340
_SIZES, _COSTS = (5.0, 7.0), (-1.0, 3.0)
"""Powers of ten of events, and of milliseconds."""


def draw(folder: Path) -> Path:
    """Write the picture of all results in a folder, empty where no pages were measured."""
    told = [json.loads(path.read_text(encoding="utf-8")) for path in folder.glob("results-*.json")]
    runs = sorted((one for one in told if "pages" in one["figures"]), key=lambda one: one["events"])
    lines = [
        _line(name, [(r["events"], r["figures"]["pages"][name]["cpu_ms"]) for r in runs])
        for name in _NAMES
        if runs
    ]
    picture = folder / "page-cost.svg"
    picture.write_text(_svg([*_axes(), *lines]), encoding="utf-8")
    return picture


def _x(events: float) -> float:
    return _LEFT + (log10(events) - _SIZES[0]) / (_SIZES[1] - _SIZES[0]) * (_RIGHT - _LEFT)


def _y(ms: float) -> float:
    return _BOTTOM - (log10(ms) - _COSTS[0]) / (_COSTS[1] - _COSTS[0]) * (_BOTTOM - _TOP)


def _line(name: str, points: list[tuple[float, float]]) -> str:
    color, places = _COLORS[name], [(_x(events), _y(ms)) for events, ms in points]
    marks = "".join(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4" fill="{color}"/>' for x, y in places)
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y in places)
    label = (
        f'<text x="{places[-1][0] + 10:.1f}" y="{places[-1][1] + 4:.1f}" fill="{color}">{_NAMES[name]}</text>'
    )
    return f'<polyline points="{path}" fill="none" stroke="{color}" stroke-width="2"/>{marks}{label}'


def _axes() -> list[str]:
    down = [(10.0**n, f"{10**n:,}") for n in range(int(_SIZES[0]), int(_SIZES[1]) + 1)]
    up = [(10.0**n, f"{10.0**n:g} ms") for n in range(int(_COSTS[0]), int(_COSTS[1]) + 1)]
    return [
        *(f'<text x="{_x(v):.1f}" y="{_BOTTOM + 20}" text-anchor="middle">{name}</text>' for v, name in down),
        *(f'<text x="{_LEFT - 8}" y="{_y(v) + 4:.1f}" text-anchor="end">{name}</text>' for v, name in up),
        *(
            f'<line x1="{_LEFT}" y1="{_y(v):.1f}" x2="{_RIGHT}" y2="{_y(v):.1f}" stroke="#ddd"/>'
            for v, _ in up
        ),
        f'<text x="{_LEFT}" y="18">processor time for a page of 50 events, by events held</text>',
    ]


def _svg(parts: list[str]) -> str:
    size = f'width="{_WIDTH}" height="{_HEIGHT}" font-family="sans-serif" font-size="12"'
    ground = '<rect width="100%" height="100%" fill="white"/>'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size}>{ground}{"".join(parts)}</svg>\n'
