import { abbreviationsOf } from './abbreviations.js';
import { findLanguage } from './languages.js';

/** What the scanner and the sentence splitter do differently in one language. Words are in lower case, apostrophes are `'`. */
export interface LanguageRules {
  /** Words cut off behind their apostrophe: French `l'`. 'every' = any word of letters (Italian). */
  readonly elisions: ReadonlySet<string> | 'every';
  /** Elided words that keep their apostrophe where white space follows (Italian `po'`, and `l'` in text already cut). */
  readonly apocopes: ReadonlySet<string>;
  /** Words that begin with an apostrophe: Dutch `'s`, Tagalog `'di`. */
  readonly leading: ReadonlySet<string>;
  /** Clitics behind an apostrophe that are tokens with it: Catalan `'ls`. */
  readonly trailing: ReadonlySet<string>;
  /** Clitics before a hyphen, tokens with it: Romanian `într-`. */
  readonly proclitics: ReadonlySet<string>;
  /** Clitics behind a hyphen, tokens with it: Catalan `-la`, Romanian `-ul`, French `-t-il`. */
  readonly enclitics: ReadonlySet<string>;
  /** Words that stay whole against the rules above, without their apostrophes' variants: `aujourd'hui`. */
  readonly whole: ReadonlySet<string>;
  /** Abbreviations that are followed by the rest of their sentence: `Dr.`, `вул.` */
  readonly openAbbreviations: ReadonlySet<string>;
  /** Abbreviations that may also end a sentence: `etc.`, `грн.` */
  readonly closeAbbreviations: ReadonlySet<string>;
  /** Abbreviations only before a number: `No. 5`. */
  readonly numberAbbreviations: ReadonlySet<string>;
  /** Frequent first words of a sentence: what tells `S.A. Os` (two sentences) from `S.A. Galega` (one). */
  readonly starters: ReadonlySet<string>;
}

const words = (list: string): ReadonlySet<string> => new Set(list.split(/\s+/u).filter(Boolean));
const none: ReadonlySet<string> = new Set();

interface Clitics {
  elisions?: ReadonlySet<string> | 'every';
  apocopes?: ReadonlySet<string>;
  leading?: ReadonlySet<string>;
  trailing?: ReadonlySet<string>;
  proclitics?: ReadonlySet<string>;
  enclitics?: ReadonlySet<string>;
  whole?: ReadonlySet<string>;
}

const clitics: Readonly<Record<string, Clitics>> = {
  // The apostrophe stands before a title that keeps its article (d'Os Lusíadas) and in Catalan and French names.
  gl: { elisions: words('d n l'), apocopes: words('d n l') },
  ca: {
    elisions: words('l d s n m t'),
    apocopes: words('l d s n m t'),
    leading: words('n ls l s m t ns us'),
    trailing: words('n ls l s m t ns us'),
    enclitics: words('me te se nos vos us lo la los les li ne hi ho m t s l n'),
    whole: words('castella-la'),
  },
  fr: {
    elisions: words('l d j m t s n c ç qu jusqu lorsqu puisqu quoiqu'),
    apocopes: words('l d j m t s n c ç qu jusqu lorsqu puisqu quoiqu'),
    enclitics: words(
      'il elle on ils elles je tu nous vous ce t-il t-elle t-on t-ils t-elles le la les lui leur moi toi y en',
    ),
    whole: words(
      "aujourd'hui prud'homme prud'hommes prud'homal prud'homale prud'homaux rendez-vous presqu'île quelqu'un quelqu'une quelqu'uns",
    ),
  },
  it: {
    elisions: 'every',
    apocopes: words(
      'l un dell all nell dall sull coll c d m t s v n ch gl quest quell anch quand cos tutt mezz senz com dov po di fa va sta da be to mo ca ve',
    ),
    leading: words('sta sto sti ste ndrangheta'),
  },
  ro: {
    leading: words('s m n l i'),
    proclitics: words('s m n l i c v d ne le te ți ţi și şi mi vi li într dintr printr de ce pe nu fi'),
    enclitics: words(
      'a și şi n ul ului uri urile urilor ii ilor lea l i o le se mă te ne vă mi ți ţi am ai ar au ați aţi aș aş va vor s ist iști urilor',
    ),
    whole: words('d-l d-na d-lui d-nei d-lor d-nul d-voastră d-ta d-sa de-a ș-a ne-a'),
  },
  nl: { leading: words('s t n k m r ie') },
  fy: { leading: words('s t n k e er m r') },
  tl: { leading: words('di yung wag to no y yun yan lang pag kong nung') },
  ceb: { leading: words('di y g ng ra sa') },
};

const sentenceStarters: Readonly<Record<string, string>> = {
  gl: 'a o as os un unha uns unhas e de do da no na nos nas en el ela eles se non por para con como pero mais este esta estes estas ese esa aquel tamén cando despois segundo onte hoxe ademais así máis foi é',
  ca: "el la els les l' un una uns unes i de del en al a amb per però aquest aquesta aquests això també quan segons avui ahir no es ell ella és com després a més",
  es: 'el la los las un una unos unas y de en del al a con por para pero este esta estos estas ese esa eso también cuando según ayer hoy no se él ella es como además después así más su sus lo',
  fr: "le la les l' un une des et de du en au aux à avec par pour mais ce cet cette ces il elle ils elles on nous je aussi quand selon hier aujourd'hui ne se est comme après dans son sa ses d' c'",
  it: "il lo la i gli le l' un uno una e di del della in nel nella al alla a con per ma questo questa questi anche quando secondo ieri oggi non si è come dopo da dal su sono nell'",
  ro: 'un o și de din în la cu pe pentru dar acest această acești aceste el ea ei ele s- nu se este sunt după când potrivit ieri astăzi azi prin iar care ca cum într- a',
  nl: "de het een en van in op met voor maar dit dat deze die hij zij ze wij we ik er ook toen volgens gisteren vandaag niet is als na bij aan door naar 't 's zijn",
  fy: "de it in en fan op mei foar mar dit dat dizze dy hy sy wy ik der ek doe neffens juster hjoed net is as nei by oan troch 't dat",
  uk: 'у в на з із і й та а але це цей ця ці він вона вони ми я не за до від для про як коли після також за як по його її їх що якщо так тут там потім тоді однак',
  ru: 'в во на с со и а но это этот эта эти он она они мы я не за до от для о об как когда после также по его её их что если так тут там при из потом затем однако тогда',
  tl: 'ang sa ng si mga ito siya sila kami ayon nang kung at ngunit pero noong hindi may para kay ni',
  ceb: 'ang sa si mga kini siya sila kami matod kung ug apan niadtong dili adunay alang kang ni sumala gikan human',
};

function rulesOf(code: string): LanguageRules {
  const own = clitics[code] ?? {};
  const short = abbreviationsOf(code);
  return {
    elisions: own.elisions ?? none,
    apocopes: own.apocopes ?? none,
    // The English genitive is met everywhere: McDonald 's, in text that is already cut.
    leading: new Set([...(own.leading ?? none), 's']),
    trailing: own.trailing ?? none,
    proclitics: own.proclitics ?? none,
    enclitics: own.enclitics ?? none,
    whole: own.whole ?? none,
    openAbbreviations: short.open,
    closeAbbreviations: short.close,
    numberAbbreviations: short.number,
    starters: words(sentenceStarters[code] ?? ''),
  };
}

const cache = new Map<string, LanguageRules>();

/** The rules of a language; of none in particular for a language that the registry does not have. */
export function languageRules(language: string | undefined): LanguageRules {
  const code = (language === undefined ? undefined : findLanguage(language)?.code) ?? '';
  let rules = cache.get(code);
  if (!rules) {
    rules = rulesOf(code);
    cache.set(code, rules);
  }
  return rules;
}
