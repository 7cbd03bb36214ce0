"""The currency catalogue: sign and English name by ISO 4217 code (`platform.md` 3.3)."""

from typing import Final

_SIGNS: Final = (
    "USD=$ CAD=CA$ EUR=€ GBP=£ AUD=AU$ NZD=NZ$ HKD=HK$ SGD=S$ TWD=NT$ BRL=R$ MXN=MX$ ARS=AR$ CLP=CL$ COP=CO$ CVE=CV$ UYU=$U "
    "DOP=RD$ JMD=J$ TTD=TT$ BZD=BZ$ BND=BN$ NAD=N$ NIO=C$ MOP=MOP$ TOP=T$ PEN=S/. PAB=B/. BOB=Bs VEF=Bs.F. CRC=₡ PYG=₲ "
    "JPY=¥ CNY=CN¥ KRW=₩ INR=Rs PKR=PKRs LKR=SLRs NPR=NPRs MUR=MURs BDT=Tk IDR=Rp MYR=RM PHP=₱ THB=฿ VND=₫ LAK=₭ ILS=₪ "
    "TRY=TL SAR=SR QAR=QR KWD=KD BHD=BD JOD=JD LYD=LD TND=DT DZD=DA LBP=LB£ SYP=SY£ YER=YR AFN=Af AZN=man. "
    "SEK=Skr NOK=Nkr DKK=Dkr ISK=Ikr EEK=Ekr PLN=zł CZK=Kč HUF=Ft HRK=kn LTL=Lt LVL=Ls RSD=din. BAM=KM UAH=₴ "
    "ZAR=R NGN=₦ KES=Ksh UGX=USh TZS=TSh SOS=Ssh GHS=GH₵ ETB=Br ERN=Nfk MZN=MTn ZMK=ZK XAF=FCFA XOF=CFA BIF=FBu DJF=Fdj "
    "GNF=FG KMF=CF"
)
_SIGN_BY_CODE: Final[dict[str, str]] = dict(pair.split("=", 1) for pair in _SIGNS.split())
_PLAIN_CODES: Final = (
    "AED ALL AMD BGN BTC BWP BYR CDF CHF EGP GEL GTQ HNL IQD IRR KHR KZT MAD MDL MGA MKD MMK OMR RON RUB RWF SDG UZS"
)
CATALOGUE: Final = frozenset(_SIGN_BY_CODE) | frozenset(_PLAIN_CODES.split())
"""Codes that the catalogue knows; any other three-letter code is accepted and shown as itself."""

_NAMES: Final = {
    "USD": "US Dollar",
    "CAD": "Canadian Dollar",
    "EUR": "Euro",
    "LYD": "Libyan Dinar",
    "GBP": "British Pound Sterling",
    "CNY": "Chinese Yuan",
    "AUD": "Australian Dollar",
    "INR": "Indian Rupee",
}
SEEDED_CODES: Final = tuple(_NAMES)
"""Currencies of a freshly built organization, beside its base currency (`platform-tenant-schema.md` 6.5)."""


def symbol(code: str) -> str:
    """The sign shown before an amount; the code itself where the catalogue has none."""
    return _SIGN_BY_CODE.get(code, code)


def name(code: str) -> str:
    """The English name; the code itself where none is known."""
    if code in _NAMES:
        return _NAMES[code]
    from babel.numbers import get_currency_name  # loads locale data: only when a rare currency is named

    return str(get_currency_name(code, locale="en"))
