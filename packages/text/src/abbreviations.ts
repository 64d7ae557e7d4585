interface Abbreviations {
  /** The sentence goes on behind these. */
  open?: string;
  /** The sentence may end with these. */
  close?: string;
  /** Abbreviations only before a number, ordinary words elsewhere: Romanian `cap. 3`, but "... din cap." */
  number?: string;
}

/** Abbreviations that turn up in names and quotations in every language. */
const everywhere = {
  open: 'mr mrs ms dr prof st vs',
  close: 'etc inc ltd corp jr',
  number: 'no nr vol fig p pp',
};

/** Abbreviations by language, in lower case, without their last full stop. */
const byLanguage: Readonly<Record<string, Abbreviations | undefined>> = {
  gl: {
    open: 'sr sra sres srs sras srta d dª dra excmo excma ilmo ilma mons fr sto sta sn avda av núms páxs tfno arts ed coord cf vid ex p.ex',
    close: 'cía ltda mín máx aprox km kg d.c a.c',
    number: 'núm num nº pax páx pág tel art cap t xan feb mar abr xuñ xul ago set out nov dec',
  },
  ca: {
    open: 'sr sra srs sres srta dra excm excma mn mons sta sts stes av avda pl pça ctra núms arts ed coord cf p.ex',
    close: 'cia ltda mín màx aprox',
    number: 'núm num pàg pag tel art cap t gen febr abr jul ag set oct nov des',
  },
  es: {
    open: 'sr sra sres sras srta d dª dra drs profa excmo excma ilmo ilma mons fr sto sta avda av pza ctra núms págs tfno arts ed coord cf vid ej p.ej gral cnel tte sgto ing lic arq',
    close: 'cía ltda mín máx aprox admón dpto depto km kg',
    number: 'núm num nº pág pag tel teléf art cap t ene feb mar abr jun jul ago sept set oct nov dic',
  },
  fr: {
    open: 'm mm mme mmes mlle mlles pr me mgr ste sts stes av bd boul pl éd coord cf p.ex gén lt sgt adj',
    close: 'cie ltée env apr',
    number: 'n° nos num tél art chap t janv févr avr juil sept oct nov déc',
  },
  it: {
    open: 'sig sigg sig.ra sig.na dott dott.ssa prof.ssa ing avv arch geom rag on mons ss v.le p.za c.so artt ed pagg cfr p.es ten serg cav comm',
    close: 'ecc spa srl ca',
    number: 'n nn num pag tel art cap es gen feb mar apr mag giu lug ago set sett ott nov dic',
  },
  ro: {
    open: 'dl dna d-na d-l dra ing arh acad lt mr cpt plt sf sft str bd bdul șos şos jud mun cf dvs pr',
    close: 'ș.a ş.a ș.a.m.d ş.a.m.d cca aprox î.hr d.hr',
    number: 'pct bl sc ap et art alin lit cap pag tel ian febr mart apr iun iul aug sept oct noiem nov dec',
  },
  nl: {
    open: 'dhr mevr mw drs ir ing ds gen lt sgt wnd bijv o.a m.a.w d.w.z i.p.v t.o.v t.a.v m.b.t i.v.m z.g zgn resp ca vgl hr hrn jhr',
    close: 'enz e.d v.chr n.chr sr inw a.s j.l',
    number: 'nrs tel art blz hfst jan feb febr mrt apr aug sept okt nov dec',
  },
  fy: {
    open: 'hr mefr drs ir ing ds bgl o.o f.e resp ca fgl',
    close: 'ensfh enz f.kr n.kr ynw gem',
    number: 'nrs nû tel art s jan feb febr mrt apr aug sept okt nov des',
  },
  uk: {
    open: 'м с смт вул просп пр-т пр бул бульв пл пров обл р-н ім гр п пп пан проф доц акад ген полк підполк кап лейт серж св о кв буд корп оф напр див стор ст ч п.п т гл зв прот архієп єп митр худ реж стад зам нар рос укр англ нім франц лат',
    close: 'р рр грн коп тис млн млрд трлн т.д т.п та.ін ін тощо н.е кг км га шт год хв сек ред екз чол дол',
    number: 'тел рис табл січ лют бер квіт трав черв лип серп вер жовт лист груд',
  },
  ru: {
    open: 'г гг ул просп пр-т бул пл пер обл р-н им гр проф доц акад ген полк подполк кап лейт серж св о кв д корп оф напр см стр ст ч т гл зам архиеп еп митр реж нар рус укр англ нем фр лат',
    close: 'руб коп тыс млн млрд трлн т.д т.п др пр н.э кг км га шт мин сек ред экз чел долл в вв',
    number: 'тел рис табл янв февр мар апр июн июл авг сент окт нояб дек',
  },
  mr: {
    open: 'डॉ श्री सौ कु प्रा प्रो पं कै ह.भ.प चि रा.रा मा न्या अॅड ॲड इ.स ई.स इ.स.पू क्र पृ उदा संपा बी सी डी एफ एच एम एन एल एस आर डब्ल्यू व्ही एक्स',
    close: 'इ कि.मी से.मी कि.ग्रॅ रु',
  },
  hi: {
    open: 'डॉ डा श्री सुश्री प्रो पं स्व कु न्या एड ई.पू क्र पृ उदा बी डी एफ एच एम एन एल एस आर डब्ल्यू वी एक्स',
    close: 'कि.मी से.मी कि.ग्रा रु',
  },
  tl: {
    open: 'gng g bb dra atty engr hon sen rep gov sec usec gen col maj capt lt sgt cpl pfc pat supt insp dir brgy bgy sto sta fr rev msgr hal ma pres',
    close: 'sr atbp co ave blvd',
    number: 'blg jan feb mar apr aug sept sep oct nov dec',
  },
  ceb: {
    open: 'dra atty engr hon sen rep gov sec usec gen col maj capt lt sgt cpl pfc pat supt insp dir brgy bgy sto sta fr rev msgr ssupt csupt ma pres gob brig dist',
    close: 'sr co ave blvd',
    number: 'jan feb mar apr aug sept sep oct nov dec',
  },
};

const set = (...lists: (string | undefined)[]): ReadonlySet<string> =>
  new Set(lists.flatMap((list) => (list ?? '').split(' ')).filter(Boolean));

/** The three kinds of abbreviations of a language; those known everywhere for a code that has none of its own. */
export function abbreviationsOf(code: string): {
  open: ReadonlySet<string>;
  close: ReadonlySet<string>;
  number: ReadonlySet<string>;
} {
  const own = byLanguage[code];
  return {
    open: set(everywhere.open, own?.open),
    close: set(everywhere.close, own?.close),
    number: set(everywhere.number, own?.number),
  };
}
