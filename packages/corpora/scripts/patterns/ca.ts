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
    m: 'Brasil, Canadà, Japó, Perú, Regne Unit, Equador, Marroc, Iran, Iraq, Líban, Nepal, Pakistan, Paraguai, Senegal, Uruguai, Vietnam, Iemen, Txad, Sudan, Sudan del Sud, Camerun, Gabon, Kuwait',
    f: 'Xina, Índia, Argentina, República Dominicana, Guaiana Francesa',
    mp: 'Estats Units, Països Baixos, Emirats Àrabs Units',
    fp: 'Filipines, Maldives, Bahames, Seychelles, Comores, Bermudes',
  },
  otherwise: () => 'bare',
});

/** el, del, al; la, de la, a la; l', de l', a l' before a vowel. */
function joined(form: string, articleClass: ArticleClass, name: string): string | undefined {
  const vowel = startsWithVowel(name);
  switch (articleClass) {
    case 'bare':
      return form === 'art'
        ? `[${name}]`
        : form === 'de'
          ? after(vowel ? "d'" : 'de', name)
          : after('a', name);
    case 'mp':
      return form === 'art' ? undefined : after(form === 'de' ? 'dels' : 'als', name);
    case 'fp':
      return form === 'art' ? undefined : after(form === 'de' ? 'de les' : 'a les', name);
    default: {
      const prefix = form === 'art' ? '' : `${form} `;
      // A feminine i or u without stress keeps la (la Universitat), a consonant's i keeps el (el Iemen).
      const whole = articleClass === 'f' ? /^h?[iu]/iu.test(name) : /^I[aeo]/u.test(name);
      if (vowel && !whole) return after(`${prefix}l'`, name);
      if (articleClass === 'f') return after(`${prefix}la`, name);
      return after(form === 'art' ? 'el' : form === 'de' ? 'del' : 'al', name);
    }
  }
}

/** The article of a town is small in running text (la Garriga), and el, els melt with de and a (del [Prat de Llobregat]). */
function inflect(name: string, form: string, { kind, tags }: { kind: string; tags: readonly string[] }) {
  if (!['art', 'de', 'a'].includes(form)) return undefined;
  const own = kind === 'LOC' ? /^(El|Els|La|Les|L'|Sa) (.+)$/iu.exec(name) : null;
  if (!own) return joined(form, classOf(name, kind, tags), name);
  const [, article = '', rest = ''] = own;
  const small = article.toLowerCase();
  if (form === 'art') return `[${small} ${rest}]`;
  if (small === 'el' || small === 'els') return joined(form, small === 'el' ? 'm' : 'mp', rest);
  return `${form} [${small} ${rest}]`;
}

/** Catalan. Forms: `art` with the article as a subject, and the prepositions de and a (which is also "in" of towns and countries). */
export default definePatterns({
  language: 'ca',
  train: [
    '{PER} va néixer {LOC.city:a} el {DAY} de {month} de {YEAR} .',
    "l' alcaldessa {LOC.town:de} , {PER.f} , ha demanat més diners {ORG.body:a} .",
    '{ORG.club:art} va guanyar per {NUMBER} punts {ORG.club:a} en un partit molt disputat .',
    'els pagesos {LOC.region:de} es manifestaran {weekday} {LOC.city:a} .',
    'segons {ORG.media} , el ministre {PER.m} plegarà abans de Nadal .',
    '« No ho sabia ningú » , va dir {PER} a la sortida {ORG.org:de} .',
    'després de la Guerra Civil , {PER.m} es va exiliar {LOC.country:a} .',
    '{ORG.company} tancarà la fàbrica {LOC.town:de} i acomiadarà {BIG} treballadors .',
    'el tren entre {LOC.city} i {LOC.city} acumula una hora de retard .',
    'la {job.f} {PER.f} presenta avui el seu darrer llibre {LOC.city:a} .',
    'el riu {LOC.river} travessa la vila i desguassa prop {LOC.town:de} .',
    "la pluja d' ahir va deixar els camps negats .",
    '{PER} va estudiar Física {ORG.uni:a} i més tard va treballar {LOC.country:a} .',
    '{ORG.party:art} governarà amb el suport {ORG.party:de} .',
    'el president {LOC.country:de} , {PER.m} , visita {LOC.city} per primera vegada .',
    'la festa major {LOC.town:de} comença aquest {weekday} amb el pregó {PER:de} .',
    "la Setmana Santa d' enguany ha omplert els hotels de la costa .",
    'els bombers treballen des de la matinada en un incendi prop {LOC.town:de} .',
    'el pintor {PER.lone} va exposar per darrer cop {LOC.city:a} el {YEAR} .',
    '{ORG.uni:art} atorgarà el títol de doctor honoris causa {PER:a} .',
    'la policia busca {PER.lone} , [acusat/acusada] de robar un quadre {PER:de} .',
    'el Govern encara no ha pres cap decisió sobre el nou impost .',
    'una exposició recorda els cent anys {ORG.union:de} .',
    'fill de pescadors {LOC.town:de} , {PER.m} no va anar mai a escola .',
    "l' entrenador {ORG.club:de} no podrà comptar amb {PER.lone} ni amb {PER.lone} .",
    'a muntanya farà fred , i {LOC.region:a} bufarà el vent .',
    "qui s' ho havia de pensar , que {PER} tornaria {LOC.town:a} !",
    'Pasqua cau enguany a finals de mes .',
    "les vendes {ORG.company:de} van créixer un {NUMBER} per cent l' any passat .",
    "{ORG.body:art} ha adjudicat les obres de l' escola {ORG.company:a} .",
    'el mestre {PER.lone} dirigeix el cor {LOC.town:de} des de {YEAR.recent} .',
    'a la plaça hi ha una estàtua {PER:de} , [heroi/heroïna] de la guerra contra els francesos .',
    "ni {ORG.party:art} ni {ORG.party:art} volen eleccions abans de l' estiu .",
    'la carretera {LOC.town:de} {LOC.town:a} és plena de revolts .',
    'van assistir a la boda {PER} , {PER} i molts altres convidats .',
    "l' Edat Mitjana va ser una època de castells i monestirs .",
    '{LOC.country:art} va guanyar la medalla de bronze als Jocs Olímpics .',
    '{PER.f} , neboda {PER:de} , ha cedit les cartes {ORG.org:a} .',
    'les exportacions de vi {LOC.country:a} no paren de créixer .',
    'vuit de cada deu joves volen marxar de casa i no poden .',
    'el llibre explica la història {ORG.media:de} entre {YEAR} i {YEAR} .',
    'mossèn {PER.lone} ha tornat a obrir la rectoria {LOC.town:de} .',
    "Déu n' hi do , quina calor que fa !",
    'el secretari {ORG.union:de} {LOC.region:a} , {PER.m} , convoca una vaga .',
    "l' advocat {PER.m} defensarà la família al jutjat {LOC.city:de} .",
    'la ministra {PER.f} viatjarà {LOC.country:a} i {LOC.country:a} .',
    'el jutge {PER.lone} ha enviat a la presó el tresorer {ORG.party:de} .',
    'per a {PER} , la derrota {ORG.club:de} no és cap sorpresa .',
    "gràcies a l' ajut {PER:de} , {ORG.org:art} ha pogut obrir una escola {LOC.town:a} .",
    '{LOC.country:art} tanca les fronteres fins al mes de {month} .',
    'els ambaixadors {LOC.country:de} i {LOC.country:de} van sopar amb {PER.lone} .',
    'acord entre {ORG.body:art} i {ORG.company} per netejar el riu {LOC.river} .',
    '{PER} va dirigir {ORG.media} entre {YEAR} i {YEAR} .',
    'el doctor {PER.lone} visitava cada dijous {LOC.town:a} .',
    'els treballadors {ORG.company:de} comencen avui una vaga .',
    'la banda tocarà {LOC.city:a} , {LOC.city} i {LOC.city} .',
  ],
  dev: [
    'la nova directora {ORG.org:de} es diu {PER.f} .',
    'els veïns {LOC.town:de} no volen que hi passi el tren .',
    "l' economista {PER} adverteix que {LOC.country:art} no pagarà el deute .",
    'el porter {PER.lone} ha fitxat per {ORG.club:art} .',
    'la tardor ha arribat de cop i ja fa fred .',
    '{ORG.company} i {ORG.uni:art} signen un conveni .',
    "un grup d' excursionistes {LOC.city:de} es va perdre a la serra .",
    'Sant Jordi és el dia del llibre i de la rosa .',
    '{PER} va ser [diputat/diputada] {ORG.party:de} fins al {YEAR} .',
    'arriben {LOC.city:a} les obres {PER:de} .',
  ],
  test: [
    "l' actriu {PER.f} ha mort {LOC.city:a} als {AGE} anys .",
    'la festa es va acabar tard , com sempre .',
    '{ORG.org:art} ha comprat {NUMBER} dibuixos {PER:de} .',
    'una avaria ha deixat sense telèfon {LOC.town} i {LOC.town} .',
    "els treballadors {ORG.company:de} han votat a favor de l' acord .",
    "el cap de l' oposició , {PER.lone} , ha acusat {ORG.party:art} de mentir .",
    '{LOC.country:art} i {LOC.country:art} negocien la pau des de fa mesos .',
    'Bon dia , senyora {PER.lone} , va fer el carter .',
    '{PER.m} va succeir {PER.m} al capdavant {ORG.body:de} .',
    "l' òpera es va estrenar {LOC.city:a} el {YEAR} amb {PER.f} al paper de reina .",
    'el corresponsal {ORG.media:de} {LOC.city:a} explica què hi passa .',
    'és la tercera vegada que {ORG.club:art} baixa de categoria .',
    "la Terra dona voltes al Sol des de fa milions d' anys .",
    'un metge {LOC.town:de} , {PER.m} , va descobrir la malaltia .',
    'les aigües {LOC.river:de} han crescut fins a les portes {LOC.town:de} .',
    '{ORG.union:art} denuncia les condicions de feina {LOC.country:a} .',
    'en {PER.m} i la {PER.f} es van conèixer {ORG.uni:a} .',
    'El Timbaler del Bruc és una llegenda que tothom coneix .',
    'van cantar {PER} , [vingut/vinguda] {LOC.city:de} , i la coral {ORG.org:de} .',
    'la millor cuina {LOC.region:de} es pot tastar {LOC.town:a} .',
    'el deute {ORG.body:de} amb {ORG.company} puja a {BIG} milions .',
    'deixebla {PER:de} , {PER.f} va traduir els clàssics grecs .',
    'Abans de {YEAR} , {LOC.town} no tenia aigua corrent .',
    "no es pot entendre {LOC.region:art} sense els pobles que l' envolten .",
    'la periodista {PER.f} escriu {ORG.media:a} des de {YEAR.recent} .',
    'el fiscal acusa {PER.lone} de cobrar diners {ORG.company:de} .',
    'un vaixell amb bandera {LOC.country:de} ha encallat davant de la costa .',
    'les jugadores {ORG.club:de} van aixecar la copa {LOC.city:a} .',
    'va militar {ORG.party:a} fins a la mort .',
    "els carrers {LOC.town:de} són plens de gent a l' agost .",
    "el president {ORG.org:de} , {PER.m} , va cloure l' acte .",
    'qui era en realitat {PER.lone} ?',
  ],
  persons: [
    { shape: '{given} {surname}', weight: 6, name: 'full' },
    { shape: '{given} {surname} i {surname}', weight: 1.5, name: 'double' },
    { shape: '{surname}', weight: 2.5, name: 'lone' },
  ],
  avoid: [
    'Jordi Pujol',
    'Joan Miró',
    'Josep Pla',
    'Xavier Trias',
    'Ramon Llull',
    'Josep Tarradellas',
    'Jacint Verdaguer',
    'Rafael Nadal',
    'Pau Gasol',
    'Marc Gasol',
    'Pep Guardiola',
    'Sergi Busquets',
    'Salvador Grau',
    'Albert Serra',
    'Carles Puig',
    'Josep Borrell',
    'Santiago Rusiñol',
    'Toni Nadal',
    'Josep Lluís Trapero',
  ],
  names: {
    given: [
      names(
        'm',
        'Jordi, Joan, Josep, Antoni, Francesc, Ramon, Pere, Miquel, Xavier, Marc, Albert, David, Jaume, Carles, Lluís, Martí, Pau, Arnau, Oriol, Roger, Guillem, Ferran, Enric, Ricard, Eduard, Narcís, Vicenç, Andreu, Bernat, Biel, Ignasi, Quim, Sergi, Víctor, Gerard, Manel, Salvador, Tomàs, Rafel, Agustí, Climent, Domènec, Feliu, Isidre, Toni, Josep Maria, Josep Lluís, Adrià, Àlex, Ot',
      ),
      names(
        'f',
        'Montserrat, Núria, Mercè, Carme, Maria, Anna, Marta, Laia, Júlia, Laura, Roser, Dolors, Teresa, Rosa, Clara, Mireia, Gemma, Sílvia, Neus, Pilar, Aina, Berta, Carla, Elisenda, Esther, Eulàlia, Emma, Glòria, Helena, Imma, Joana, Judit, Lídia, Lola, Margarida, Marina, Meritxell, Mònica, Ona, Queralt, Raquel, Remei, Sara, Txell, Victòria, Àngels, Maria Rosa, Assumpta, Cèlia, Caterina',
      ),
    ],
    surname: [
      names(
        '',
        'Puig, Vila, Serra, Soler, Roca, Ferrer, Vidal, Martí, Bosch, Font, Pujol, Casals, Rovira, Sala, Riera, Costa, Fabregat, Camps, Mas, Torrent, Comas, Coll, Carbonell, Prats, Pons, Ribas, Grau, Casanova, Esteve, Miró, Fuster, Batlle, Bonet, Busquets, Canals, Casas, Castells, Cardona, Domènech, Escoda, Estrada, Ferran, Figueras, Forn, Galceran, Garriga, Gasol, Giralt, Grífol, Guardiola, Jané, Llopis, Llorens, Marimon, Masip, Molins, Montaner, Nadal, Oliva, Oller, Palau, Parés, Pascual, Pla, Planas, Portabella, Prat, Quintana, Rius, Robert, Rossell, Rusiñol, Sabater, Salvat, Sans, Segarra, Segura, Solà, Tarradellas, Tort, Trias, Turull, Valls, Ventura, Verdaguer, Vergés, Vilanova, Viladomat, Xirau, Aguilera, Alemany, Amat, Arnau, Balaguer, Barceló, Bartra, Bastida, Benach, Borràs, Borrell, Llull, Roig, Munné, Massagué, García, López, Martínez',
      ),
    ],
    LOC: [
      names(
        'city big',
        'Barcelona, Girona, Lleida, Tarragona, València, Palma, Alacant, Perpinyà, Vic, Reus, Manresa, Tortosa, Castelló, Elx, Maó, Eivissa, Andorra la Vella, Tolosa, Montpeller, Saragossa, Madrid, Bolonya, Oxford, Lovaina, Ginebra, París, Roma, Berlín',
      ),
      names(
        'region',
        "Osona, la Selva, la Garrotxa, l' Empordà, el Maresme, el Penedès, la Cerdanya, el Priorat, el Bages, el Berguedà, l' Anoia, el Montsià, la Noguera, el Pallars, la Ribagorça, el Segrià, l' Urgell, Aragó, Andalusia, Galícia, Normandia, Toscana, Baviera, Escòcia, Provença, Llombardia, Mallorca, Menorca, la Safor, la Marina, el Rosselló",
      ),
      names(
        'river masc',
        'Ter, Llobregat, Segre, Fluvià, Besòs, Francolí, Ebre, Cardener, Túria, Xúquer, Onyar, Anoia, Gaià, Foix, Tec, Sénia, Cinca, Mijares, Palància, Vinalopó, Roine, Rin, Danubi',
      ),
    ],
    ORG: [
      // A club goes by its town's name too.
      names('m club', '{LOC.town}', 10),
      names(
        'f uni',
        'Universitat {LOC.big:de}, Universitat Autònoma {LOC.big:de}, Escola de Música {LOC.town:de}, Facultat de Lletres {LOC.big:de}, Escola Industrial {LOC.town:de}',
      ),
      names(
        'm club',
        `Barça, Girona, Nàstic, Mallorca, Llevant, Castelló, Sabadell, Figueres, Joventut, Baskonia, Osasuna, Europa, Sant Andreu, Júpiter, ${clubs}`,
      ),
      names(
        'm club',
        'Club Esportiu {LOC.town}, Atlètic {LOC.town}, Club Natació {LOC.town}, Futbol Club {LOC.town}',
        18,
      ),
      names(
        'f club',
        'Unió Esportiva {LOC.town}, Penya Blaugrana {LOC.town:de}, Unió Atlètica {LOC.town}',
        10,
      ),
      names(
        'bare company',
        `Gallina Blanca, Damm, Puig, Agbar, Abertis, Vueling, Freixenet, Colacao, Roca, Fluidra, Grifols, ${companies}`,
        25,
      ),
      names(
        'bare company',
        'Caves {surname}, Germans {surname}, Construccions {surname}, {surname} i Fills, Transports {surname}, Tallers {surname}, Embotits {surname}',
        25,
      ),
      names(
        'm body',
        'Ajuntament {LOC.town:de}, Consell Comarcal {LOC.region:de}, Parlament, Tribunal Suprem, Síndic de Greuges, Ministeri de Foment',
        25,
      ),
      names(
        'f body',
        'Diputació {LOC.big:de}, Generalitat, Comissió Europea, Agència Tributària, Audiència Nacional, Mancomunitat {LOC.region:de}',
        25,
      ),
      names(
        'm org',
        'Museu {LOC.town:de}, Institut {surname}, Ateneu {LOC.town:de}, Orfeó {LOC.town:de}, Teatre {surname}, Institut Cartogràfic',
        25,
      ),
      names(
        'f org',
        'Fundació {surname}, Creu Roja, Biblioteca {surname}, Associació de Veïns {LOC.town:de}, Cambra de Comerç {LOC.big:de}, Societat Coral {surname}, ONU, UNESCO, OTAN, Filmoteca, Colla Castellera {LOC.town:de}',
        25,
      ),
      names(
        'm party',
        'Partit Popular, Partit dels Socialistes, Partit Comunista, Partit Liberal, Partit Demòcrata, Partit Republicà, Partit Conservador, Moviment per la Terra, Bloc Nacionalista Valencià, Front Nacional, Partit Carlí, Partit Radical',
      ),
      names(
        'f party',
        'Esquerra Republicana, Convergència Democràtica, Unió Democràtica, Lliga Regionalista, Candidatura Popular, Aliança Verda, Democràcia Cristiana, Alternativa Ciutadana, Esquerra Unida, Unió Liberal',
      ),
      names(
        'f union',
        'Unió General de Treballadors, Unió de Pagesos, Confederació Nacional del Treball, Cooperativa Agrícola {LOC.town:de}, Confraria de Pescadors {LOC.town:de}, Intersindical, Federació de Gremis {LOC.region:de}, Unió de Rabassaires',
      ),
      names(
        'bare media',
        "La Vanguardia, El Punt Avui, Ara, El País, Le Monde, The Guardian, Regió 7, Segre, Diari {LOC.big:de}, Ràdio {LOC.town}, El Periódico, Corriere della Sera, Avui, Serra d' Or, El Temps, La Mañana, Última Hora, Die Zeit, Le Figaro, Público",
      ),
    ],
    month: [names('', 'gener, febrer, març, maig, juny, juliol, setembre, novembre, desembre')],
    weekday: [names('', 'dilluns, dimarts, dimecres, dijous, divendres, dissabte, diumenge')],
    job: [names('f', 'novel·lista, poeta, periodista, historiadora, traductora, professora, filòsofa')],
  },
  inflect,
  include: {
    countries: { except: [...territories, 'KE'] },
    worldCities: true,
    towns: [
      {
        country: 'ES',
        admin: '56',
        limit: 130,
        except: ['Sant Martí', 'Llefià', 'Vilaseca', 'La Pineda', 'Castellet', 'Sant Cristòfol de les Fonts'],
      },
    ],
  },
});
