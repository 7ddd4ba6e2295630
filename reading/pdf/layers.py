"""Layers of a page: what is switched off when the document opens is not shown, in whichever way it was switched off."""

from pikepdf import Array, Dictionary, Name, Object, Page, Pdf, Stream

from reading.pdf.keys import values


def settle(document: Pdf) -> None:
    """Switch off what viewers switch off by themselves, so that every program does."""
    properties = document.Root.get(Name.OCProperties)
    usual = properties.get(Name.D) if isinstance(properties, Dictionary) else None
    if isinstance(usual, Dictionary) and (unviewed := _unviewed(usual)):
        usual.OFF = Array([*values(usual.get(Name.OFF)), *unviewed])


def _unviewed(usual: Dictionary) -> list[Object]:
    """Groups that are off for viewers, where the document asks them to see to it."""
    asked = [
        use for use in values(usual.get(Name.AS)) if isinstance(use, Dictionary) and use.get(Name.Event) == Name.View
    ]
    return [group for use in asked for group in values(use.get(Name.OCGs)) if _state(group, Name.View, Name.ViewState)]


def _state(group: Object, use: Name, state: Name) -> bool:
    uses = group.get(Name.Usage) if isinstance(group, Dictionary) else None
    found = uses.get(use) if isinstance(uses, Dictionary) else None
    return isinstance(found, Dictionary) and found.get(state) == Name.OFF


def pages_with_hidden(document: Pdf) -> frozenset[int]:
    """Numbers of the pages that refer to an optional content group which is off when the document opens, or may be."""
    properties = document.Root.get(Name.OCProperties)
    if not isinstance(properties, Dictionary):
        return frozenset()
    off = _switched_off(properties)
    return frozenset(
        number
        for number, page in enumerate(document.pages, start=1)
        if any(off or _depends(layer) for layer in _layers(page))
    )


def _switched_off(properties: Dictionary) -> bool:
    usual, groups = properties.get(Name.D), properties.get(Name.OCGs)
    if isinstance(usual, Dictionary) and (
        len(usual.get(Name.OFF, ())) > 0 or usual.get(Name.BaseState, Name.ON) != Name.ON
    ):
        return True
    return any(_used_off(group) for group in groups) if isinstance(groups, Array) else False


def _used_off(group: Object) -> bool:
    """Whether a group is off for one way of using the document: some programs view it, others print it."""
    uses = group.get(Name.Usage) if isinstance(group, Dictionary) else None
    states = [state for use in values(uses) if isinstance(use, Dictionary) for state in values(use)]
    return any(isinstance(state, Name) and state == Name.OFF for state in states)


def _layers(page: Page) -> list[Object]:
    resources = page.obj.get(Name.Resources)
    if not isinstance(resources, Dictionary):
        return []
    parts = [part for part in values(resources.get(Name.XObject)) if isinstance(part, Stream)]
    return [*values(resources.get(Name.Properties)), *(part[Name.OC] for part in parts if Name.OC in part)]


def _depends(layer: Object) -> bool:
    """Whether it is shown where others are not."""
    if not isinstance(layer, Dictionary) or layer.get(Name.Type) != Name.OCMD:
        return False
    return Name.VE in layer or layer.get(Name.P, Name.AnyOn) in (Name.AllOff, Name.AnyOff)
