"""Everyday words of some languages, by which a text too short for letters to tell is told."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

_ENGLISH = (
    "i i'm i've i'd i'll im ive my the and you your you're it's its that that's this what with have has "
    "had do don't does doesn't didn't can't cant won't wouldn't could should would want wanna need feel "
    "feeling feels felt just like so because when why how but not no one everyone nobody of for to at "
    "they them their she her he him his we our us are is was were been be am if me know think about all "
    "get got going gonna really very day today tomorrow tonight work people friend friends life time "
    "never always anymore again sad tired angry happy lonely scared ok okay yes hello hi thanks thank "
    "please help hey lol idk tbh ngl omg wtf ffs fml smh ugh meh argh yep yeah nope"
)
PLAIN_ENGLISH = frozenset(_ENGLISH.split())
_OTHERS = {
    "de": "ich bin mich mir dich dir du nicht und ist das ein eine einen mein meine meinen es zu heute immer nie "
    "nichts alles sehr aber weil wenn kann kein keine keinen mehr habe fühle gefühl traurig müde einsam "
    "allein glücklich wütend hallo danke bitte ja nein schlecht geht warum wie niemand leben sterben möchte "
    "liebe was so mutti vati arbeit schule freunde weiß weiss wieder noch auch schon wir sie",
    "es": "estoy soy eres está esta estás muy me no mi te tu que qué porque pero nada nadie nunca siempre hoy "
    "mañana más quiero quiere puedo siento siente tengo tiene triste cansado cansada miedo feliz gracias hola "
    "amigo amiga bien vida morir trabajo madre mamá papá ayuda necesito cómo como aquí adiós adios buenos "
    "buenas días noches mucho mucha llorar ganas he los del",
    "fr": "je suis j'ai tu es c'est pas ne moi mes une les du le et que qui pourquoi parce avec mais rien personne "
    "jamais toujours aujourd'hui demain veux peux triste fatigué fatiguée seul seule peur heureux heureuse "
    "merci beaucoup bonjour salut bonsoir bien mal vie mourir travail mère père maman envie très tres trop ça "
    "oui suis-je besoin aide vraiment sais me",
    "it": "io sono sei è mi ti non che perché perche niente nessuno mai sempre oggi domani più piu voglio posso "
    "sento triste stanco stanca sola paura felice grazie ciao bene vita morire lavoro papà amico amica "
    "aiuto hai molto tanto tutto così cosi buongiorno buonanotte della il gli anche ancora no",
    "pt": "eu estou sou você voce está esta muito não nao meu minha que porque mas nada ninguém ninguem nunca "
    "sempre hoje amanhã mais quero posso sinto tenho triste cansado cansada sozinho sozinha medo feliz "
    "obrigado obrigada olá ola bem mal vida morrer trabalho mãe pai ajuda preciso tudo aqui",
    "nl": "ik je jij niet het mijn van maar omdat niets niemand nooit altijd vandaag morgen meer wil kan voel heb "
    "verdrietig moe alleen eenzaam blij gelukkig boos hallo hoi bedankt dankjewel goed slecht leven dood "
    "waarom zo erg geen mij",
    "pl": "ja jestem nie mnie mi mój moja się sie to jest dlaczego nic nikt nigdy zawsze dziś dzisiaj jutro już "
    "chcę chce mogę czuję czuje smutny smutna smutno zmęczony zmęczona sama samotny samotna boję strach "
    "szczęśliwy dziękuję dzięki cześć dobrze źle życie żyć umrzeć praca pomoc bardzo jak tak",
    "sv": "jag är du inte och det ett mig att med ingenting ingen aldrig alltid idag imorgon vill kan känner mår "
    "ledsen trött ensam rädd lycklig hej tack dåligt liv dö jobb varför hur så mycket ja nej",
    "da": "jeg du ikke og det mit mig med ingenting ingen aldrig altid idag morgen mere vil kan føler ked træt "
    "alene ensom bange vred hej tak godt dårligt liv dø arbejde hvorfor hvordan så meget ja nej",
    "no": "jeg du ikke og det meg å med ingenting ingen aldri alltid morgen vil kan føler trist sliten trøtt alene "
    "ensom redd sint hei takk dårlig liv dø jobb hvorfor hvordan så mye ja nei",
    "tr": "bir ve çok bu ne neden çünkü ile hiç kimse zaman bugün yarın daha istiyorum yapamıyorum hissediyorum yok "
    "üzgünüm mutsuzum yorgunum yalnızım korkuyorum mutluyum merhaba selam teşekkürler teşekkür ederim iyi "
    "kötü hayat ölmek iş baba yardım nasıl değil artık bana beni",
    "id": "saya aku kamu tidak nggak gak bukan ini itu karena dengan tapi tetapi apa kenapa selalu pernah besok "
    "lagi mau ingin bisa merasa sangat sekali sedih lelah capek sendiri sendirian kesepian takut senang "
    "bahagia marah terima kasih baik buruk hidup mati kerja ibu ayah tolong bagaimana sudah",
    "fi": "minä olen sinä ei ja että mutta koska mitään kukaan koskaan aina tänään huomenna enää haluan voin tunnen "
    "surullinen väsynyt yksin yksinäinen peloissani iloinen onnellinen vihainen hei moi kiitos hyvin huonosti "
    "elämä kuolla työ miksi miten tosi niin minua",
    "ro": "eu sunt tu nu mă și este că pentru cu nimic nimeni niciodată mereu azi mâine vreau simt foarte trist "
    "tristă obosit obosită singur singură frică fericit bună mulțumesc multumesc bine rău viața mor muncă",
    "cs": "já jsem není mě mi moje je že protože ale nic nikdo nikdy vždy dnes zítra už chci můžu cítím mám smutný "
    "smutná smutno unavený unavená sám strach šťastný ahoj děkuju děkuji díky dobře špatně život umřít práce "
    "proč jak moc",
    "hu": "én vagyok nem és hogy mert semmi senki soha mindig holnap már akarok tudok érzem nagyon szomorú fáradt "
    "egyedül félek boldog szia köszönöm jól rosszul élet meghalni munka miért",
    "ru": "я ты не и это что мне меня мой моя потому но ничего никто никогда всегда сегодня завтра больше хочу могу "
    "чувствую очень грустно устал устала один одна одиноко страшно боюсь счастлив привет спасибо хорошо плохо "
    "жизнь жить умереть работа почему как так у",
    "uk": "я ти не і це що мені мене мій моя бо але нічого ніхто ніколи завжди сьогодні завтра більше хочу можу "
    "відчуваю дуже сумно втомився втомилася один сама самотньо страшно боюся привіт дякую добре погано життя "
    "жити померти робота чому як так",
}
_BORROWED = (
    "adios adiós ah amigo amiga aw aww bonjour ciao danke gracias grazie hallo hm hmm hola ja merci mhm nada oh oof "
    "oui salut"
)
BORROWED = frozenset(_BORROWED.split())
"""Known to English speakers too: they alone tell no language."""
_EVERYDAY_IN: dict[str, set[str]] = {}
for _code, _words in _OTHERS.items():
    for _word in _words.split():
        _EVERYDAY_IN.setdefault(_word, set()).add(_code)


def is_plain_english(words: Sequence[str]) -> bool:
    """Whether half of some words, in lower case, or more are everyday English.

    >>> is_plain_english(["i", "am", "knackered"])
    True
    """
    return sum(word in PLAIN_ENGLISH for word in words) >= 0.5 * len(words)


def everyday_languages(words: Sequence[str]) -> list[str]:
    """The languages in which most of some words, in lower case, are everyday ones, and more than in English.

    >>> [everyday_languages(text.split()) for text in ("no me siento bien", "no way", "ciao")]
    [['es'], [], []]
    """
    known = Counter(code for word in words for code in _EVERYDAY_IN.get(word, ()))
    most = 0 if BORROWED.issuperset(words) else max(known.values(), default=0)
    if most < 0.5 * len(words) or most <= sum(word in PLAIN_ENGLISH for word in words):
        return []
    return [code for code in _OTHERS if known[code] == most]
