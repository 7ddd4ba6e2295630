"""Order and tracking numbers of the forms that platforms and carriers use, with valid check digits where they have one."""

import random

from casefile.check_digits import CHECK_DIGITS


def order_id(form: str, dice: random.Random) -> str:
    digits = lambda n: "".join(dice.choice("0123456789") for _ in range(n))  # noqa: E731
    if form == "amazon":
        return f"{dice.choice(('111', '112', '113', '114', '249', '302', '403', '503'))}-{digits(7)}-{digits(7)}"
    if form == "ebay":
        return f"{dice.randint(10, 27)}-{digits(5)}-{digits(5)}"
    return (
        "26110" + str(dice.randint(1, 9)) + "".join(dice.choice("0123456789ABCDEFGHJKMNPQRSTUVWXY") for _ in range(8))
    )


def tracking_number(form: str, dice: random.Random) -> str:
    digits = lambda n: "".join(dice.choice("0123456789") for _ in range(n))  # noqa: E731
    if form == "ups":
        body = "".join(dice.choice("0123456789ABCDEFGHJKLMNPRTUVWXY") for _ in range(6)) + digits(9)
        return next(f"1Z{body}{last}" for last in "0123456789" if CHECK_DIGITS["ups"](f"1Z{body}{last}"))
    if form == "usps":
        body = "9400" + digits(17)
        plain = next(f"{body}{last}" for last in "0123456789" if CHECK_DIGITS["usps_routed"](f"{body}{last}"))
        return " ".join(plain[at : at + 4] for at in range(0, 22, 4)) if dice.random() < 0.5 else plain
    if form == "s10":
        return f"{dice.choice(('RR', 'LK', 'EV', 'CP'))}{digits(9)}{dice.choice(('CN', 'DE', 'JP', 'FR'))}"
    return {"yun": "YT" + digits(16), "sf": "SF" + digits(13), "fedex": digits(12), "dhl": "00340434" + digits(12),
            "yamato": f"{digits(4)}-{digits(4)}-{digits(4)}", "lp": "LP" + digits(14), "jt": "JT" + digits(10),
            "spx": "SPXTH0" + digits(11), "br": "BR" + digits(9) + "BR", "cj": digits(12)}[form]  # fmt: skip
