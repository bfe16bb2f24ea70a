"""What a calculation answers, in words: verdicts, methods, intervals, and each of the library's notes by its code."""

from collections.abc import Mapping
from typing import Any, Final

from django.utils.formats import number_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from hemvag.counts.words import say
from hemvag.disclosure import alone

VERDICTS: Final = {
    "usable": (_("Användbar"), "done", _("Spannet får sägas, med listorna, dagen och hur det är gjort.")),
    "range": (
        _("Bara ett spann mellan metoder"),
        "soon",
        _("Visa det för dem som planerar, med skälen. Det är inget resultat att citera."),
    ),
    "none": (_("Ingen uppskattning bör ges"), "late", _("Säg okänt, och vad som skulle behövas.")),
}
METHODS: Final = {
    "independence": _("Oberoende listor"),
    "stepwise": _("Stegvis vald modell"),
    "bic": _("Bästa modellen (BIC)"),
    "chao": _("Chaos golv"),
    "chapman": _("Chapman, två listor"),
    "dga": _("Medel över grafer"),
    "latent-class": _("Dolda grupper"),
    "all-pairs": _("Alla par hänger ihop"),
}
INTERVALS: Final = {
    "profile": _("profillikelihood"),
    "bca": _("återdragning, rättad (BCa)"),
    "percentile": _("återdragning, percentiler"),
    "conditional": _("med modellen given: för smalt"),
    "lognormal": _("från medelfelet"),
    "normal": _("från medelfelet"),
    "credible": _("trolighet efter att listorna setts"),
    "none": _("inga gränser"),
}
NOTES: Final = {
    # reasons for the verdict
    "agree": _("Metoderna stämmer tillräckligt väl överens, och proven på listorna själva gick bra."),
    "empty-list": _("Ingen står på %(list)s. Ta bort den."),
    "list-within-list": _("Alla på %(list)s står också på %(within)s: den ena matar den andra. Slå ihop dem."),
    "no-overlap": _("Listorna har ingen gemensam person, så inget går att säga om dem som inte står på någon."),
    "too-few-overlaps": _("För få står på mer än en lista: %(twice)s, och minst %(needed)s behövs."),
    "no-finite-estimate": _("Ingen metod som låter listorna hänga ihop har ett ändligt svar."),
    "too-wide": _("Listorna stämmer med allt från %(low)s till %(high)s: för brett för att säga något."),
    "wide": _("Det övre talet är %(times)s gånger det undre. För att vara användbart får det vara högst %(most)s."),
    "two-lists": _("Med två listor visar inget om de hänger ihop."),
    "too-few-methods": _("Både den stegvisa modellen och BIC måste ha gränser för att spannet ska vara användbart."),
    "unbounded-pairs": _("Om varje par av listor hänger ihop ger listorna ingen övre gräns."),
    "conditional": _("Gränserna tar modellen för given fast den valdes på samma listor. De är för smala."),
    "methods-disagree": _("Metodernas svar går från %(low)s till %(high)s."),
    "hidden-lists-missed": _("När listorna gömdes en i taget missades storleken på %(lists)s."),
    "one-list-decides": _("Utan %(list)s blir svaret ett helt annat."),
    # what would narrow the range
    "more-overlaps": _(
        "En lista med ungefär %(more)s fler överlapp skulle halvera bredden. "
        "%(list)s och %(other)s har minst gemensamt."
    ),
    "another-list": _("En lista till, oberoende av de här, skulle visa hur de hänger ihop."),
    # what is assumed
    "one-population": _("Alla listor handlar om samma människor: samma område, samma tid, samma bestämning."),
    "closed": _("Ingen tillkom eller försvann under tiden."),
    "rightly-matched": _("Den som står på två listor har känts igen som en person, och ingen annan har det."),
    "all-can-be-found": _("Ingen var helt utom räckhåll för alla listor. Ingen metod räknar dem som var det."),
    "persons-alone": _("Var och en kom på listorna för sig. Om familjer kom tillsammans blir svaret för säkert."),
    "lists-independent": _("Oberoende listor: att stå på en lista ändrar inget på en annan."),
    "two-independent": _("Chapman: att stå på den ena listan ändrar inget på den andra."),
    "pairs-enough": _("Stegvis: listorna hänger ihop högst två och två."),
    "no-highest-term": _("BIC: inget samband tar alla listor på en gång."),
    "prior": _("Grafer: ett antagande i förväg väger de sätt som listor kan hänga ihop på."),
    "classes": _("Dolda grupper: människor är av några slag, och inom ett slag är listorna oberoende."),
    "bound": _("Chao: minst så många, hur olika människor än är. Samband mellan listor kan bryta det."),
    # warnings of a method
    "bca-saturated": _("Nästan alla återdragningar ligger på en sida om svaret. Percentiler ges i stället."),
    "estimate-outside": _("Svaret ligger utanför sina egna gränser: valet av modell är ostadigt."),
    "no-upper-limit": _("Det finns ingen övre gräns."),
    "three-to-six-lists": _("Metoden tar tre till sex listor."),
    "prior-decides": _("Ett annat antagande i förväg, lika rimligt, flyttar svaret mer än en fjärdedel."),
    "cut": _("En del av sannolikheten ligger ovanför det högsta talet som prövades. Den övre gränsen är för låg."),
    "far": _("Den övre gränsen är mer än tio gånger dem som är kända: talen sätter ingen användbar gräns."),
    "floor": _("Ett golv: minst så många. Det är ingen uppskattning."),
    "nobody-twice": _("Ingen står på exakt två listor, så det finns inget golv."),
    "unbounded": _("Listorna ger metoden inget ändligt svar."),
    "three-lists": _("Metoden tar minst tre listor."),
    "apart": _("Metodens kedjor är inte överens, så svaret går inte att lita på."),
    "independence-assumed": _("Tar för givet att ingen lista säger något om en annan, och så är det sällan."),
    "not-finite": _("Listorna ger metoden inget ändligt svar."),
    "order-limited": _("Med så många listor prövades bara samband två och två."),
    "downhill": _("Med så många listor söktes modellen steg för steg. En bättre kan finnas."),
    "replicates-downhill": _("Modellen söktes bland alla par, men i återdragningarna bara steg för steg."),
    "two-lists-only": _("Metoden tar bara två listor."),
    "families-ignored": _("Metoden tar var och en för sig fast människor kom i familjer: för säker."),
}


def note(given: Mapping[str, Any]) -> str:
    """Return a kept note in words; a small number of persons is held back."""
    words = NOTES.get(given["code"])
    if words is None:
        return gettext("En anmärkning utan text: %(code)s.") % {"code": given["code"]}
    return str(words) % {name: fact(name, value) for name, value in given["facts"].items()}


def fact(name: str, value: object) -> str:
    """Return a fact as it may be told."""
    if name == "twice" and isinstance(value, int):
        return count(value)
    return number_format(value, 1) if isinstance(value, float) else str(value)


def count(persons: int) -> str:
    """Return a number of persons, held back when it is small."""
    return say(alone(persons)) if persons else "0"
