import { definePatterns, names } from './format.js';
import {
  after,
  classifier,
  clubs,
  companies,
  startsWithVowel,
  territories,
  type ArticleClass,
} from './romance.js';

const classOf = classifier({
  countries: {
    m: 'Belgio, Brasile, Canada, Cile, Egitto, Ecuador, Giappone, Portogallo, Marocco, Messico, Perù, Regno Unito, Libano, Lussemburgo, Liechtenstein, Kenya, Kosovo, Montenegro, Nepal, Pakistan, Paraguay, Uruguay, Qatar, Senegal, Sudan, Sud Sudan, Sudafrica, Venezuela, Vietnam, Yemen, Zimbabwe, Ciad, Camerun, Congo-Brazzaville, Gabon, Ghana, Niger, Mali, Togo, Benin, Botswana, Burkina Faso, Burundi, Bhutan, Bangladesh, Bahrein, Iran, Iraq, Kazakistan, Kirghizistan, Tagikistan, Turkmenistan, Uzbekistan, Afghanistan, Azerbaigian, Kuwait, Laos, Lesotho, Madagascar, Malawi, Mozambico, Nicaragua, Guatemala, Honduras, Costa Rica, Belize, Suriname, Ruanda, Sri Lanka, Oman, Brunei, Eswatini, Sahara Occidentale',
    mp: 'Paesi Bassi, Stati Uniti, Emirati Arabi Uniti',
    fp: 'Filippine, Maldive, Seychelles, Comore, Bahamas, Bermuda',
    bare: 'Cuba, Cipro, Malta, Israele, Monaco, San Marino, Singapore, Taiwan, Haiti, Gibuti, Andorra, Panama, Capo Verde, El Salvador, Mauritius, Barbados, Portorico, Gibilterra, Trinidad e Tobago, Guernsey, Anguilla, Curaçao, Città del Vaticano, Dominica, Grenada, Jersey, Antigua e Barbuda',
  },
  otherwise: () => 'f',
});

/** Words before which il is lo and un is uno: s with a consonant, z, gn, ps, x, y. */
const wantsLo = (name: string): boolean => /^(s[^aeiouàèéìòù]|z|gn|ps|pn|x|y)/iu.test(name);

const prepositions: Readonly<Partial<Record<string, readonly [string, string]>>> = {
  // The stem before an article (de-l, ne-l), and the word where there is none.
  de: ['de', 'di'],
  a: ['a', 'a'],
  da: ['da', 'da'],
  in: ['ne', 'a'],
};

const singular = (name: string, articleClass: ArticleClass): 'il' | 'lo' | 'la' | "l'" =>
  startsWithVowel(name) && !/^I[aeou]/u.test(name)
    ? "l'"
    : articleClass === 'f'
      ? 'la'
      : wantsLo(name)
        ? 'lo'
        : 'il';

/** dello [Zimbabwe], nell' [Università], negli [Stati Uniti], a [Cuba], in [Francia], all' [Aquila]. */
function inflect(name: string, form: string, { kind, tags }: { kind: string; tags: readonly string[] }) {
  const preposition = prepositions[form];
  if (!preposition && form !== 'art') return undefined;
  const own = kind === 'LOC' ? /^(L'|La|Il) (.+)$/u.exec(name) : null;
  if (own && preposition) {
    const [, article = '', rest = ''] = own;
    const [stem] = form === 'in' ? ['a'] : preposition;
    return after(article === 'Il' ? `${stem}l` : article === 'La' ? `${stem}lla` : `${stem}ll'`, rest);
  }
  const articleClass = own ? 'bare' : classOf(name, kind, tags);
  if (articleClass === 'bare') return preposition ? after(preposition[1], name) : `[${name}]`;
  if (articleClass === 'mp' || articleClass === 'fp') {
    if (!preposition) return undefined;
    if (articleClass === 'fp') return after(`${preposition[0]}lle`, name);
    return after(
      startsWithVowel(name) || wantsLo(name) ? `${preposition[0]}gli` : `${preposition[0]}i`,
      name,
    );
  }
  // Countries and regions stand after in without an article; a river or an organisation keeps it.
  if (form === 'in' && (tags.includes('country') || tags.includes('region'))) return after('in', name);
  const article = singular(name, articleClass);
  if (!preposition) return after(article, name);
  const [stem] = preposition;
  return after(article === 'il' ? `${stem}l` : `${stem}l${article === "l'" ? "l'" : article}`, name);
}

/** Italian. Forms: `art` with the article, and the prepositions de (di), a, da, in (which is a before towns). */
export default definePatterns({
  language: 'it',
  train: [
    '{PER} nacque {LOC.city:in} il {DAY} {month} {YEAR} da una famiglia di contadini .',
    "il sindaco {LOC.town:de} , {PER.m} , ha chiesto l' aiuto {ORG.body:de} .",
    '{ORG.club:art} ha battuto {ORG.club:art} per {NUMBER} a {NUMBER} .',
    "secondo {ORG.media:art} , il ministro {PER.m} si dimetterà entro l' estate .",
    '« Non ci aspettavamo un simile risultato » , ha detto {PER} ai giornalisti .',
    '{ORG.company} chiuderà lo stabilimento {LOC.town:de} entro {month} .',
    'dopo la laurea {ORG.uni:in} , {PER.m} si trasferì {LOC.country:in} .',
    'la {job.f} {PER.f} ha vinto il Premio Strega con il suo primo romanzo .',
    'la pioggia ha rovinato la vendemmia in tutta la regione .',
    'il fiume {LOC.river} attraversa {LOC.town} e si getta nel mare .',
    'i carabinieri hanno arrestato {LOC.town:in} un uomo di {AGE} anni .',
    'i ricercatori {ORG.uni:de} studiano i terremoti {LOC.country:de} .',
    '{PER.f} , nipote {PER:de} , ha donato i quadri {ORG.org:a} .',
    'il treno {LOC.city:da} arriva alle nove , quello {LOC.city:da} è in ritardo .',
    'il Consiglio dei ministri ha rinviato ogni decisione .',
    '{ORG.party:art} sosterrà la candidata {ORG.party:de} .',
    'allievo {PER:de} , {PER.m} dipinse la cupola della chiesa {LOC.town:de} .',
    'nel {YEAR} le truppe {LOC.country:de} entrarono in città .',
    'i pescatori {LOC.town:de} protestano contro {ORG.body:art} .',
    "l' allenatore {ORG.club:de} punta su {PER.lone} e su {PER.lone} .",
    'a Natale si mangia troppo , dicono i medici .',
    'tra {LOC.city} e {LOC.city} ci sono {BIG} chilometri .',
    'il tenore {PER.lone} canterà {LOC.city:in} per beneficenza .',
    '{ORG.org:art} ha organizzato una mostra su {PER} e {PER} .',
    'le esportazioni {LOC.country:in} sono cresciute del {NUMBER} per cento .',
    'che cosa resta oggi del ducato {LOC.city:de} ?',
    'il presidente {LOC.country:de} ha incontrato {PER} {LOC.city:in} .',
    '{PER.m} , segretario {ORG.union:de} , ha proclamato lo sciopero per {weekday} .',
    'il Rinascimento cambiò il modo di guardare il mondo .',
    '{ORG.company} ha comprato {ORG.company} nel {YEAR.recent} .',
    'don {PER.lone} è parroco {LOC.town:de} da molti anni .',
    'neve {LOC.region:in} , sole {LOC.region:in} : ecco il tempo di domani .',
    'il direttore {ORG.media:de} , {PER.m} , ha querelato {PER.lone} .',
    'si sposarono {LOC.town:in} nel {YEAR} e partirono per {LOC.country:art} .',
    'la Madonna del paese viene portata in processione ogni maggio .',
    'un gruppo di studenti {LOC.city:da} ha visitato la sede {ORG.org:de} .',
    'nessuno ha più visto {PER.lone} dopo la guerra .',
    'il vino {LOC.region:de} piace molto {LOC.country:in} .',
    'al congresso hanno parlato {PER} , {PER} e il professor {PER.lone} .',
    "la Borsa ha perso terreno e l' euro è sceso .",
    'ingegnere {ORG.company:de} , {PER.m} progettò ponti {LOC.country:in} .',
    'la villa fu venduta {ORG.body:a} dagli eredi {PER:de} .',
    'Lunedì mattina le scuole resteranno chiuse .',
    '{LOC.country:art} ha vinto il bronzo nella staffetta .',
    "l' avvocato {PER.m} difenderà la famiglia davanti {ORG.body:a} .",
    'la ministra {PER.f} andrà {LOC.country:in} e poi {LOC.country:in} .',
    'il giudice {PER.lone} ha mandato in carcere il tesoriere {ORG.party:de} .',
    'per {PER} la sconfitta {ORG.club:de} non è una sorpresa .',
    "grazie all' aiuto {PER:de} , {ORG.org:art} ha aperto una scuola {LOC.town:in} .",
    '{LOC.country:art} chiude le frontiere fino al mese di {month} .',
    'gli ambasciatori {LOC.country:de} e {LOC.country:de} hanno cenato con {PER.lone} .',
    '{PER} diresse {ORG.media:art} dal {YEAR} al {YEAR} .',
    'il dottor {PER.lone} curava gratis i poveri {LOC.town:de} .',
    'la tesi {PER.f:de} riguarda la storia {ORG.union:de} .',
    'il gruppo suonerà {LOC.city:in} , {LOC.city} e {LOC.city} .',
    'accordo tra {ORG.body:art} e {ORG.company:art} per ripulire {LOC.river:art} .',
  ],
  dev: [
    "l' attrice {PER.f} sarà ospite {LOC.city:in} .",
    'gli abitanti {LOC.town:de} vogliono una nuova strada .',
    '{ORG.party:art} ha perso voti {LOC.region:in} .',
    'il portiere {PER.lone} lascia {ORG.club:art} .',
    'la scuola riapre a settembre .',
    '{ORG.company} aprirà un ufficio {LOC.country:in} .',
    'il rettore {ORG.uni:de} è {PER.m} .',
    "il Medioevo non fu un' epoca buia .",
    'una lettera {PER:de} a {PER} è stata trovata {LOC.city:in} .',
    '{ORG.body:art} indaga sui conti {ORG.union:de} .',
  ],
  test: [
    "l' architetto {PER.m} ha disegnato il teatro {LOC.city:de} .",
    '{ORG.org:art} ha ricevuto in dono {NUMBER} lettere {PER:de} .',
    'una frana ha isolato {LOC.town} e {LOC.town} .',
    '{LOC.country:art} e {LOC.country:art} hanno firmato la pace nel {YEAR} .',
    'il navigatore {PER.lone} salpò senza avvertire nessuno .',
    'stando ai sondaggi , {ORG.party:art} è in testa {LOC.region:in} .',
    'Buongiorno , signora {PER.lone} , disse il postino .',
    'gli operai {ORG.company:de} sono tornati al lavoro {weekday} .',
    'la luna piena illuminava i tetti del paese .',
    'senza {PER.lone} , {ORG.club:art} rischia la retrocessione .',
    'medico {LOC.town:de} , {PER.m} scoprì la cura nel {YEAR} .',
    'inviata {ORG.media:de} {LOC.city:in} , {PER.f} racconta la guerra .',
    'né {ORG.body:art} né {ORG.body:art} hanno risposto .',
    'a nord {LOC.region:de} scorre {LOC.river:art} .',
    'il Gatto con gli stivali è una fiaba molto antica .',
    'suo fratello {PER.m} dirigeva una filiale {ORG.company:de} {LOC.city:in} .',
    "un volo {LOC.city:da} è atterrato d' emergenza {LOC.city:in} .",
    'bisognò attendere il {YEAR} perché {LOC.town} avesse una stazione .',
    'migliaia di iscritti {ORG.union:a} hanno sfilato {LOC.city:in} .',
    '{PER} prende il posto di {PER} alla guida {ORG.org:de} .',
    'la Terra gira intorno al Sole .',
    'insegnò greco {ORG.uni:in} fino alla morte del maestro {PER.lone} .',
    'quando {PER.f} tornò {LOC.country:da} , nessuno la riconobbe .',
    'Da {LOC.city} {PER.m} scriveva ogni settimana a {PER.f} .',
    'la giornalista {PER.f} scrive per {ORG.media:art} dal {YEAR.recent} .',
    'il procuratore accusa {PER.lone} di aver preso soldi {ORG.company:da} .',
    'una nave battente bandiera {LOC.country:de} si è arenata davanti alla spiaggia .',
    'le giocatrici {ORG.club:de} hanno alzato la coppa {LOC.city:in} .',
    'militò {ORG.party:in} fino alla morte .',
    'le vie {LOC.town:de} sono piene di gente in agosto .',
    'il direttore {ORG.org:de} , {PER.m} , ha chiuso la seduta .',
    'chi era davvero {PER.lone} ?',
  ],
  persons: [
    { shape: '{given} {surname}', weight: 8, name: 'full' },
    { shape: '{surname}', weight: 2.5, name: 'lone' },
  ],
  avoid: [
    'Giuseppe Conte',
    'Mario Monti',
    'Valentino Rossi',
    'Paolo Rossi',
    'Vasco Rossi',
    'Sergio Leone',
    'Gianni Rivera',
    'Gianni Agnelli',
    'Enzo Ferrari',
    'Dario Franceschini',
    'Paolo Conte',
    'Roberto Mancini',
    'Roberto Baggio',
    'Carlo Conti',
    'Matteo Ricci',
    'Marco Rizzo',
    'Matteo Renzi',
    'Mario Rossi',
    'Michele Santoro',
    'Giovanni Gentile',
    'Gabriele Muccino',
    'Guido Carbone',
    'Roberto Ruggiero',
    'Luca Marini',
    'Enrico Caruso',
    'Marco Mengoni',
    'Francesco Greco',
    'Piero Grasso',
    'Pietro Grasso',
    'Vincenzo De Luca',
    'Vincenzo Bellini',
    'Giorgio Vasari',
    'Giordano Bruno',
    'Carla Bruni',
    'Laura Ferrari',
    'Marco Travaglio',
    'Marco Simoncelli',
  ],
  names: {
    given: [
      names(
        'm',
        'Giuseppe, Giovanni, Antonio, Mario, Luigi, Francesco, Angelo, Vincenzo, Pietro, Salvatore, Carlo, Franco, Domenico, Bruno, Paolo, Michele, Giorgio, Aldo, Sergio, Luciano, Marco, Andrea, Alessandro, Stefano, Roberto, Davide, Matteo, Luca, Simone, Federico, Lorenzo, Riccardo, Giacomo, Filippo, Tommaso, Nicola, Claudio, Fabio, Enrico, Emilio, Ettore, Cesare, Umberto, Renato, Massimo, Dario, Alberto, Guido, Gabriele, Raffaele, Edoardo, Gianni, Pier Paolo, Gian Maria, Elio, Ugo',
      ),
      names(
        'f',
        'Maria, Anna, Giuseppina, Rosa, Angela, Giovanna, Teresa, Lucia, Carmela, Caterina, Francesca, Anna Maria, Antonietta, Carla, Elena, Concetta, Rita, Margherita, Franca, Paola, Laura, Giulia, Chiara, Sara, Martina, Silvia, Federica, Valentina, Elisa, Alessia, Ilaria, Monica, Simona, Cristina, Barbara, Daniela, Roberta, Patrizia, Marta, Alice, Beatrice, Ginevra, Sofia, Emma, Aurora, Camilla, Ludovica, Matilde, Nicoletta, Ornella, Raffaella, Serena, Stefania, Vittoria, Bianca, Irene',
      ),
    ],
    surname: [
      names(
        '',
        'Rossi, Russo, Ferrari, Esposito, Bianchi, Romano, Colombo, Ricci, Marino, Greco, Bruno, Gallo, Conti, De Luca, Mancini, Costa, Giordano, Rizzo, Lombardi, Moretti, Barbieri, Fontana, Santoro, Mariani, Rinaldi, Caruso, Ferrara, Galli, Martini, Leone, Longo, Gentile, Martinelli, Vitale, Lombardo, Serra, Coppola, De Santis, Marchetti, Parisi, Villa, Conte, Ferraro, Ferri, Fabbri, Bianco, Marini, Grasso, Valentini, Messina, Sala, De Angelis, Gatti, Pellegrini, Palumbo, Sanna, Farina, Rizzi, Monti, Cattaneo, Morelli, Amato, Silvestri, Mazza, Testa, Grassi, Pellegrino, Carbone, Giuliani, Benedetti, Barone, Rossetti, Caputo, Montanari, Guerra, Palmieri, Bernardi, Martino, Fiore, De Rosa, Ferretti, Bellini, Basile, Riva, Donati, Piras, Vitali, Battaglia, Sartori, Neri, Costantini, Milani, Pagano, Ruggiero, Sorrentino, Orlando, Damico, Negri, Mantovani, Zanetti, Bassi, Cocco, Gobbi, Zanella, Pavan, Furlan, Brambilla, Locatelli, Melis, Puddu, Spinelli, Tosi, Ventura',
      ),
    ],
    LOC: [
      names(
        'city big',
        'Roma, Milano, Napoli, Torino, Genova, Firenze, Venezia, Bologna, Padova, Pavia, Palermo, Catania, Bari, Trieste, Perugia, Siena, Pisa, Urbino, Lugano, Ginevra, Lovanio, Salamanca, Oxford, Coimbra, Friburgo, Zurigo, Cagliari, Ferrara',
      ),
      names(
        'region fem',
        'Lombardia, Toscana, Sicilia, Sardegna, Puglia, Calabria, Liguria, Umbria, Basilicata, Campania, Catalogna, Galizia, Andalusia, Normandia, Bretagna, Provenza, Baviera, Scozia, California, Siberia, Transilvania, Savoia, Romagna, Lucania, Istria, Alsazia, Castiglia',
      ),
      names(
        'region masc',
        'Piemonte, Veneto, Lazio, Molise, Abruzzo, Trentino, Friuli, Salento, Cilento, Tirolo, Monferrato, Cadore',
      ),
      names(
        'river masc',
        'Po, Tevere, Arno, Adige, Ticino, Adda, Piave, Tagliamento, Volturno, Brenta, Tanaro, Mincio, Metauro, Ombrone, Simeto, Sele, Basento, Rodano, Danubio, Reno, Serchio, Panaro',
      ),
      names(
        'city town',
        "L' Aquila, La Spezia, La Maddalena, Assisi, Orvieto, Gubbio, Todi, Spoleto, Cefalù, Noto, Amalfi, Tropea, Alberobello, Bobbio, Aosta, Sondrio, Enna, Isernia, Macerata, Fermo",
      ),
    ],
    ORG: [
      // A club goes by its town's name too.
      names('m club', '{LOC.town}', 10),
      names(
        'f uni',
        'Università {LOC.big:de}, Accademia di Belle Arti {LOC.big:de}, Scuola Normale {LOC.big:de}, Facoltà di Medicina {LOC.big:de}, Università per Stranieri {LOC.big:de}',
      ),
      names(
        'm club',
        `Milan, Napoli, Torino, Genoa, Cagliari, Palermo, Bologna, Verona, Parma, Lecce, Brescia, Catania, Pescara, Livorno, ${clubs}`,
      ),
      names('m club', 'Calcio {LOC.town}, Rugby {LOC.town}, Basket {LOC.town}, Football Club {LOC.town}', 14),
      names(
        'f club',
        'Polisportiva {LOC.town}, Virtus {LOC.town}, Unione Sportiva {LOC.town}, Pro {LOC.town}',
        14,
      ),
      names(
        'f company',
        `Ferrari, Lavazza, Barilla, Ferrero, Olivetti, Telecom, Edison, Luxottica, Parmalat, Piaggio, Eni, Enel, ${companies}`,
        25,
      ),
      names(
        'f company',
        'Officina {surname}, Ditta {surname}, Cantina {surname}, Impresa {surname}, Distilleria {surname}, Tipografia {surname}, Conceria {surname}',
        25,
      ),
      names(
        'm body',
        'Comune {LOC.town:de}, Tribunale {LOC.big:de}, Consiglio Superiore della Magistratura, Senato, Ministero della Salute, Parlamento Europeo',
        25,
      ),
      names(
        'f body',
        "Regione Toscana, Commissione Europea, Banca d' Italia, Corte dei Conti, Procura {LOC.big:de}, Provincia {LOC.big:de}, Prefettura {LOC.big:de}, Protezione Civile",
        25,
      ),
      names(
        'm org',
        'Museo Civico {LOC.town:de}, Istituto {surname}, Teatro Comunale {LOC.town:de}, Conservatorio {LOC.big:de}, Liceo {surname}, Centro Studi {surname}',
        25,
      ),
      names(
        'f org',
        'Fondazione {surname}, Croce Rossa, Biblioteca Nazionale, Accademia {surname}, Società Filarmonica {LOC.town:de}, Pro Loco {LOC.town:de}, Galleria {surname}, Caritas, ONU, Unesco, Pinacoteca {LOC.big:de}',
        25,
      ),
      names(
        'm party',
        'Partito Democratico, Partito Socialista, Partito Comunista, Partito Liberale, Partito Radicale, Partito Repubblicano, Movimento Cinque Stelle, Partito Popolare, Partito Conservatore, Partito Monarchico, Fronte Nazionale, Movimento Sociale',
      ),
      names(
        'f party',
        'Lega Nord, Democrazia Cristiana, Rifondazione Comunista, Sinistra Unita, Alleanza Nazionale, Unione di Centro, Alleanza Verde, Rete Civica, Union Valdôtaine, Margherita, Lista Civica {LOC.town:de}, Südtiroler Volkspartei',
      ),
      names(
        'f union',
        'Cgil, Cisl, Uil, Confindustria, Coldiretti, Confagricoltura, Lega Coop, Cooperativa Agricola {LOC.town:de}, Unione Artigiani {LOC.town:de}, Camera del Lavoro {LOC.big:de}, Federazione Pescatori, Confcommercio',
      ),
      names(
        'm media',
        'Corriere della Sera, Messaggero, Sole 24 Ore, Mattino, Giornale, Secolo XIX, Guardian, Tirreno, Fatto Quotidiano, New York Times, Corriere {LOC.big:de}, Giornale {LOC.big:de}, Gazzettino, Monde',
      ),
      names(
        'f media',
        'Repubblica, Stampa, Gazzetta dello Sport, Nazione, Rai, Voce {LOC.big:de}, Gazzetta {LOC.big:de}, Vanguardia, Unità, Padania, Sicilia, Provincia Pavese',
      ),
    ],
    month: [
      names(
        '',
        'gennaio, febbraio, marzo, aprile, maggio, giugno, luglio, agosto, settembre, ottobre, novembre, dicembre',
      ),
    ],
    weekday: [names('', 'lunedì, martedì, mercoledì, giovedì, venerdì, sabato, domenica')],
    job: [names('f', 'scrittrice, poetessa, giornalista, filosofa, storica, regista, saggista')],
  },
  inflect,
  include: {
    countries: { except: [...territories, 'KP', 'KR', 'KM'] },
    worldCities: true,
    towns: [
      {
        country: 'IT',
        limit: 180,
        minPopulation: 8000,
        except: [
          'Rome',
          'Milan',
          'Naples',
          'Turin',
          'Genoa',
          'Florence',
          'Venice',
          'Mestre',
          'Acilia-Castel Fusano-Ostia Antica',
          'Fuorigrotta',
          'Carpi Centro',
          'Ponticelli',
          'Cava Dè Tirreni',
          'Montesilvano Marina',
          'Soccavo',
          'Secondigliano',
          'Pianura',
          'Barra',
          'Lido di Ostia',
          'San Remo',
          "Quartu Sant'Elena",
        ],
      },
    ],
  },
});
