"""What the style sheets of a saved page say of its elements: the properties that can hide something, by element."""

import re
from collections.abc import Iterator, Mapping

import tinycss2
from cssselect2 import ElementWrapper, Matcher, SelectorError, compile_selector_list

_COUNT = frozenset(
    [
        *("display", "visibility", "opacity", "color", "background", "background-color", "background-image", "font"),
        *(
            "font-size",
            "position",
            "left",
            "top",
            "right",
            "bottom",
            "text-indent",
            "margin-left",
            "margin-top",
            "overflow",
        ),
        *(
            "width",
            "height",
            "max-width",
            "max-height",
            "clip",
            "clip-path",
            "transform",
            "mso-hide",
            "content-visibility",
        ),
        *("overflow-x", "overflow-y", "-webkit-text-fill-color", "min-width", "min-height"),
    ]
)
_MOST = 400_000
"""Signs of style sheets that are read; real pages have more only where programs wrote them."""
_SCREENS = re.compile(r"\s*(?:only\s+)?(?:all|screen)?\s*(?:(?:and\s*)?\(\s*min-width[^)]*\)\s*)*", re.IGNORECASE)
Style = Mapping[str, str]


class StyleSheets:
    """The rules of all sheets of a page, asked element by element."""

    def __init__(self, sheets: Iterator[str]) -> None:
        self._matcher = Matcher()
        left = _MOST
        for sheet in sheets:
            self._add(tinycss2.parse_stylesheet(sheet[:left], skip_comments=True, skip_whitespace=True))
            left -= min(left, len(sheet))

    def _add(self, rules: list[tinycss2.ast.Node]) -> None:
        for rule in rules:
            if rule.type == "at-rule" and rule.lower_at_keyword == "media" and rule.content is not None:
                if _SCREENS.fullmatch(tinycss2.serialize(rule.prelude)):
                    self._add(tinycss2.parse_rule_list(rule.content, skip_comments=True, skip_whitespace=True))
            elif rule.type == "qualified-rule" and (told := _declared(rule.content)):
                try:
                    selectors = compile_selector_list(rule.prelude)
                except SelectorError:
                    continue
                for selector in selectors:
                    self._matcher.add_selector(selector, told)

    def of(self, element: ElementWrapper, inline: str) -> Style:
        """The properties of one element, its own ``style`` before the sheets, what is called important before both."""
        plain: dict[str, str] = {}
        important: dict[str, str] = {}
        found = [payload for *_, pseudo, payload in self._matcher.match(element) if pseudo is None]
        own = _declared(tinycss2.parse_component_value_list(inline)) if inline else {}
        for told in (*found, own):
            for name, (value, first) in told.items():
                (important if first else plain)[name] = value
        return {**plain, **important}


def _declared(content: list[tinycss2.ast.Node]) -> dict[str, tuple[str, bool]]:
    """Name → value, and whether it is called important."""
    found = {}
    for part in tinycss2.parse_declaration_list(content, skip_comments=True, skip_whitespace=True):
        if part.type == "declaration" and part.lower_name in _COUNT:
            found[part.lower_name] = (tinycss2.serialize(part.value).strip().lower(), part.important)
    return found
