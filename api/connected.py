"""The accounts at other services, opened as the settings name them."""

from api.request.file_names import clean_name
from api.settings import Settings, SettingsFault
from casefile.house import House
from jobs.connect.accounts import AccountsMalformed, read_accounts
from jobs.connect.exchange import Exchange
from jobs.notify.hook_wire import exchange
from jobs.records.database import Database
from jobs.records.drafts import Drafts


def connected(settings: Settings, drafts: Drafts, database: Database, house: House) -> Exchange:
    """What stands between the accounts and the desk; without accounts where the settings name none.

    Raises:
        SettingsFault: ``connectors-malformed``.
    """
    try:
        accounts = read_accounts(settings.connectors) if settings.connectors is not None else {}
    except AccountsMalformed as error:
        raise SettingsFault("connectors-malformed", file=str(settings.connectors), why=error.why) from None
    return Exchange(
        accounts=accounts,
        drafts=drafts,
        database=database,
        house=house,
        wire=lambda call: exchange(call, private=settings.hook_private),
        clean=clean_name,
    )
