"""The table of a proposed case says names, not ids, in the reader's language."""

import pytest

from api.commands.proposing import value_named


@pytest.mark.parametrize(
    ("pointer", "value", "language", "named"),
    [
        ("/platform", "amazon", "zh-Hans", "亚马逊"),
        ("/reason", "item_not_received", "zh-Hans", "未收到"),
        ("/parcels/0/carrier", "ups", "en", "UPS"),
        ("/parcels/0/tracking_number", "1Z999AA10123456784", "zh-Hans", "1Z999AA10123456784"),
        ("/procedure", "not_one", "en", "not_one"),
        ("/metric/name", "late_shipment", "zh-Hans", "迟发"),
        ("/refunds/0/by", "platform", "zh-Hans", "平台"),
    ],
)
def test_values_are_called_by_their_names(house, pointer, value, language, named):
    assert named in value_named(pointer, value, "amazon", house, house.catalogs.of(language))


def test_a_procedure_is_called_by_its_name(house):
    said = value_named("/procedure", "a_to_z_response", "amazon", house, house.catalogs.of("zh-Hans"))
    assert "a_to_z_response" not in said
