"""The colours and sizes of the drawing, light and dark."""

from __future__ import annotations

from ropa.graph.boxes import SIZES
from ropa.graph.layout import SIGN_SIZE, TITLE_SIZE
from ropa.graph.structure import GATE_SIZE, LABEL_SIZE

# Token, light, dark. Contrast: text at least 4.5, lines at least 3, on the ground they stand on.
_TOKENS = (
    ("paper", "#ffffff", "#10161c"),
    ("raised", "#f3f6f8", "#19212a"),
    ("ink", "#15202b", "#e9eef3"),
    ("muted", "#495866", "#adb9c5"),
    ("hairline", "#cdd5dc", "#35414d"),
    ("edge", "#6f7d8a", "#8191a0"),
    ("flow", "#7d8b98", "#778695"),
    ("adequate", "#00686f", "#62cdd3"),
    ("adequate-tint", "#e6f3f3", "#10282b"),
    ("agreement", "#a93a06", "#ff9d6b"),
    ("agreement-tint", "#fdf0e8", "#301d13"),
    ("none", "#a3161f", "#ff9a98"),
    ("none-tint", "#fdeeee", "#341719"),
)

# A line's dashes say its band too, for those who see no colour.
_DASHES = {"agreement": "7 3", "none": "2 3"}


def _variables(scheme: int) -> str:
    return ";".join(f"--{token[0]}:{token[scheme]}" for token in _TOKENS)


def _px(size: float) -> str:
    return f"{size:g}px"


def stylesheet() -> str:
    """The CSS of the drawing; every rule is bound to the class of its root, so that it can stand in a page."""
    rules = [
        ("", f'{_variables(1)};color-scheme:light dark;background:var(--paper);font-family:"Source Sans 3",system-ui,sans-serif'),
        (" text", f"fill:var(--ink);font-size:{_px(SIZES['line'])}"),
        (" .title", f"font-size:{_px(TITLE_SIZE)};font-weight:700"),
        (" .subtitle", "font-size:15px;fill:var(--muted)"),
        (" .lane", "font-size:16px;font-weight:600"),
        (" .lane-note", "font-size:14px;fill:var(--muted)"),
        (" .name", f"font-size:{_px(SIZES['name'])};font-weight:600"),
        (" .line", f"font-size:{_px(SIZES['line'])};fill:var(--muted)"),
        (" .tag", f"font-size:{_px(SIZES['tag'])};font-weight:600"),
        (" .band", f"font-size:{_px(SIZES['band'])};font-weight:600"),
        (" .strong", f"font-size:{_px(SIZES['strong'])};font-weight:600"),
        (" .over", f"font-size:{_px(LABEL_SIZE)};fill:var(--muted)"),
        (" .sign-text", f"font-size:{_px(SIGN_SIZE)};font-weight:600;fill:var(--paper)"),
        (" .gate-text", f"font-size:{_px(GATE_SIZE)};font-weight:600"),
        (" .legend", "font-size:14px"),
        (" .paper", "fill:var(--paper)"),
        (" .box", "fill:var(--paper);stroke:var(--edge)"),
        (" .raised", "fill:var(--raised)"),
        (" .spine", "stroke:var(--edge)"),
        (" .abroad", "stroke-width:2px"),
        (" .gate", "fill:var(--paper);stroke-width:2px"),
        (" .sign", "fill:var(--ink)"),
        (" .border", "stroke:var(--ink);stroke-width:2.5px;stroke-dasharray:8 5"),
        (" .rule", "stroke:var(--hairline)"),
        (" .flow", "fill:none;stroke:var(--flow);stroke-width:1.5px"),
        (" .flow.adequate,.flow.agreement,.flow.none", "stroke-width:2.2px"),
        (" .flow.crossing", "stroke-width:4px"),
        (" .halo", "fill:none;stroke:var(--paper);stroke-width:8px"),
        (" .head", "fill:var(--flow)"),
    ]
    for band in ("adequate", "agreement", "none"):
        rules += [
            (f" .ground.{band}", f"fill:var(--{band}-tint)"),
            (f" .halo.{band}", f"stroke:var(--{band}-tint)"),
            (f" .flow.{band}", f"stroke:var(--{band})" + (f";stroke-dasharray:{_DASHES[band]}" if band in _DASHES else "")),
            (f" .head.{band}", f"fill:var(--{band})"),
            (f" .box.{band}", f"stroke:var(--{band})"),
            (f" text.{band}", f"fill:var(--{band})"),
        ]
    css = "\n".join(f"{_bound(selector)}{{{body}}}" for selector, body in rules)
    return f"{css}\n@media (prefers-color-scheme:dark){{.ropa-flow{{{_variables(2)}}}}}"


def _bound(selector: str) -> str:
    return ",".join(f".ropa-flow{part if part.startswith(' ') else f' {part}'}" if part else ".ropa-flow" for part in selector.split(","))
