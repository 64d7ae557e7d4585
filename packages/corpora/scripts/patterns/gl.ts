import { definePatterns, names } from './format.js';
import { after, classifier, clubs, companies, territories, type ArticleClass } from './romance.js';

const classOf = classifier({
  countries: {
    m: 'Brasil, Xapón, Canadá, Reino Unido, Perú, Líbano, Ecuador, Paraguai, Uruguai, Chad, Senegal, Camerún, Iemen',
    f: 'India, Arxentina, República Dominicana',
    mp: 'Estados Unidos, Países Baixos, Emiratos Árabes Unidos',
    fp: 'Filipinas, Maldivas, Seychelles, Comores, Bahamas',
  },
  otherwise: () => 'bare',
});

const contractions: Readonly<Partial<Record<string, Readonly<Record<ArticleClass, string>>>>> = {
  de: { m: 'do', f: 'da', mp: 'dos', fp: 'das', bare: 'de' },
  en: { m: 'no', f: 'na', mp: 'nos', fp: 'nas', bare: 'en' },
  a: { m: 'ao', f: 'á', mp: 'aos', fp: 'ás', bare: 'a' },
  con: { m: 'co', f: 'coa', mp: 'cos', fp: 'coas', bare: 'con' },
  por: { m: 'polo', f: 'pola', mp: 'polos', fp: 'polas', bare: 'por' },
};

const ownArticle: Readonly<Partial<Record<string, ArticleClass>>> = { O: 'm', A: 'f', Os: 'mp', As: 'fp' };

/** Prepositions melt into the article of a country (do [Brasil]), of an organisation, and into a town's own (da [Coruña]). */
function inflect(name: string, form: string, { kind, tags }: { kind: string; tags: readonly string[] }) {
  const [first = '', ...rest] = name.split(' ');
  const own = kind === 'LOC' && rest.length > 0 ? ownArticle[first] : undefined;
  const articleClass = own ?? classOf(name, kind, tags);
  if (form === 'art') {
    if (own !== undefined || articleClass === 'bare') return `[${name}]`;
    return articleClass === 'm' ? after('o', name) : articleClass === 'f' ? after('a', name) : undefined;
  }
  const preposition = contractions[form]?.[articleClass];
  return preposition === undefined ? undefined : after(preposition, own ? rest.join(' ') : name);
}

/** Galician. Forms: `art` with the article as a subject, and the prepositions de, en, a, con, por. */
export default definePatterns({
  language: 'gl',
  train: [
    '{PER} naceu {LOC.city:en} <en {YEAR}|o {DAY} de {month} de {YEAR}> .',
    '{ORG.body:art} aprobou <onte|este {weekday}|pola mañá> un plan para recuperar o casco vello {LOC.town:de} .',
    'a {job.f} {PER.f} presentou {LOC.city:en} o seu <primeiro|segundo|último> libro de poemas .',
    'segundo {ORG.media:art} , {PER.m} deixará o cargo antes de que remate o ano .',
    'o adestrador {ORG.club:de} , {PER.lone} , recoñeceu que o equipo non xogou ben .',
    'os veciños {LOC.town:de} piden máis autobuses a {LOC.city:a} .',
    '{PER} estudou Filosofía {ORG.uni:en} e foi [alumno/alumna] de {PER} .',
    '" Non temos medo ao futuro " , dixo {PER} durante a súa visita {LOC.country:a} .',
    'o encontro entre {ORG.club:art} e {ORG.club:art} rematou con empate a {NUMBER} puntos .',
    '{ORG.company} pechará en {month} a súa fábrica {LOC.town:de} , na que traballan {BIG} persoas .',
    'o {river} {LOC.river} pasa preto {LOC.town:de} e dá nome á comarca .',
    'unha delegación {LOC.country:de} visitou a sede {ORG.org:de} {LOC.city:en} .',
    'a Guerra Civil deixou moitas familias sen casa e sen terra .',
    'en {YEAR} {PER.m} fundou {ORG:art} xunto con {PER} .',
    'despois de dez anos fóra , {PER.f} volveu {LOC.town:a} para coidar da súa nai .',
    'a concelleira de Cultura , {PER.f} , agradeceu o traballo {ORG.org:de} .',
    'o tren que une {LOC.city} con {LOC.city} leva máis de dúas horas de atraso .',
    'Nadal e Entroido son as festas que máis xente reúnen na vila .',
    '{PER} ( {LOC.city} , {YEAR} – {LOC.city} , {YEAR} ) foi [un escritor e xornalista/unha escritora e xornalista] .',
    'a policía detivo {LOC.town:en} un home de {AGE} anos por roubar nunha tenda .',
    'os partidos da oposición criticaron {ORG.body:a} pola falta de médicos .',
    '{LOC.town} é unha parroquia situada ao norte do concello {LOC.town:de} .',
    'os nomes curtos son moi comúns <na parroquia|na comarca> , pero ninguén lembra por que .',
    'na exposición poden verse cadros de {PER} , {PER} e {PER} .',
    '{PER.m} , presidente {ORG.company:de} , reuniuse con {PER} {LOC.city:en} .',
    'as exportacións {LOC.country:a} medraron un {NUMBER} por cento no último ano .',
    'o Goberno non descarta subir os impostos se a economía non mellora .',
    '{ORG.uni:art} ofrece este curso {NUMBER} prazas para estudantes {LOC.country:de} .',
    'pódese chegar en coche dende {LOC.city} por unha estrada estreita .',
    'a revista publicou unha entrevista con {PER} , [director/directora] {ORG.media:de} .',
    'coñecido como o mestre {PER.lone} , ensinou a ler a media parroquia .',
    'a prensa segue con atención as eleccións {LOC.country:en} .',
    'o Concurso de Traxes Rexionais celebrarase {LOC.town:en} o vindeiro {weekday} .',
    '{PER.f} marcou os dous goles {ORG.club:de} na segunda parte .',
    'trala reunión con {ORG.party:art} , {PER} non quixo facer declaracións .',
    'as comarcas {LOC.region:de} e {LOC.region:de} perderon {BIG} habitantes .',
    'Cando chegou o inverno , os mariñeiros deixaron de saír á costeira .',
    'o bispo {PER.m} bendiciu a nova capela {LOC.town:de} .',
    'o orzamento {ORG.body:de} para {YEAR.recent} supera os {BIG} millóns de euros .',
    'tamén asinaron o manifesto {PER} e o sindicato {ORG.union} .',
    'Boas novas para o campo : vai chover toda a semana .',
    'a empresa {ORG.company} quere abrir tendas {LOC.country:en} e {LOC.country:en} .',
    'Quen gañou o premio ? {PER} , [un mozo/unha moza] {LOC.town:de} .',
    'o avogado {PER.m} defenderá a familia no xulgado {LOC.city:de} .',
    'a ministra {PER.f} viaxa mañá {LOC.country:a} e {LOC.country:a} .',
    'o xuíz pediu máis probas contra o antigo xefe {ORG.body:de} .',
    'foron {NUMBER} anos de traballo {LOC.country:en} , dixo {PER.lone} .',
    'a derrota diante {ORG.club:de} deixa o equipo sen opcións .',
    'o festival levará grupos {LOC.country:de} , {LOC.country} e {LOC.country} .',
    'o secretario xeral {ORG.party:de} pediu perdón polo erro .',
    '{ORG.org:art} cumpre {NUMBER} anos e celébrao con música na praza .',
    '{LOC.city} , {LOC.city} e {LOC.city} compiten por ser sede dos xogos .',
    'un avión procedente {LOC.city:de} tivo que aterrar {LOC.city:en} .',
    'a crítica {PER.lone} non lle ve futuro a esa película .',
    'o doutor {PER.lone} pasou consulta {LOC.town:en} ata os oitenta anos .',
    'o mar segue a ser a grande riqueza do país .',
    'as mulleres {LOC.town:de} saíron á rúa para defender o hospital .',
    '{ORG.union:art} convoca mobilizacións {LOC.city:en} e {LOC.city:en} .',
    '{PER} ingresou {ORG.org:en} cun discurso sobre a lingua .',
    'a historia conta que {PER} fuxiu {LOC.country:a} vestido de frade .',
    'Pascua , Corpus e San Xoán eran días grandes .',
    'o xornalista {PER.m} escribe {ORG.media:en} dende hai vinte anos .',
    'durante a ditadura , {ORG.party:art} actuou na clandestinidade .',
    'a pesca do polbo dálle traballo a media vila {LOC.town:de} .',
    '{LOC.country:art} non recoñece o novo goberno {LOC.country:de} .',
    'todo empezou cando {PER.lone} coñeceu a {PER.lone} na aldea .',
    'a enxeñeira {PER.f} deseñou unha ponte sobre o río {LOC.river} .',
    'hai {NUMBER} anos abría as portas o hotel da familia {PER.lone} .',
  ],
  dev: [
    'o alcalde {LOC.town:de} , {PER.m} , anunciou a apertura dunha nova biblioteca .',
    '{ORG.party:art} perdeu {NUMBER} escanos nas eleccións {LOC.country:de} .',
    'a actriz {PER.f} recibirá unha homenaxe {LOC.city:en} .',
    '{PER.lone} e {PER.lone} xogarán a final o {weekday} .',
    'moita xente prefire ir á praia cando vai calor .',
    'o investigador {PER.m} traballa {ORG.uni:en} dende {YEAR.recent} .',
    '{ORG.company} mercou unha nave industrial preto {LOC.town:de} .',
    'o camiño vai {LOC.town:de} ata {LOC.town} pola beira do {river} {LOC.river} .',
    'Pouco se sabe da infancia {PER:de} , que morreu moi [novo/nova] .',
    'a Idade Media foi unha época de grandes cambios .',
  ],
  test: [
    'o incendio obrigou a desaloxar {NUMBER} casas {LOC.town:en} .',
    '{PER} dirixiu {ORG.media:art} entre {YEAR} e {YEAR} .',
    'a banda ofrecerá concertos {LOC.city:en} , {LOC.city} e {LOC.city} .',
    'os traballadores {ORG.company:de} empezan o {weekday} unha folga indefinida .',
    'o xuíz {PER.lone} mandou ao cárcere o tesoureiro {ORG.party:de} .',
    'grazas á axuda {PER:de} , {ORG.org:art} puido mercar un novo local {LOC.town:en} .',
    'fillo dun carpinteiro {LOC.town:de} , {PER.m} emigrou de neno {LOC.country:a} .',
    'Onte á noite houbo un apagón que durou máis de tres horas .',
    'o dianteiro , cedido {ORG.club:por} , aínda non debutou .',
    'para {PER} , a derrota {ORG.club:de} foi unha sorpresa .',
    '{LOC.country:art} pecha as súas fronteiras ata o mes de {month} .',
    'os embaixadores {LOC.country:de} e {LOC.country:de} xantaron con {PER} .',
    'Na vila aínda se fala da gran neve daquel ano .',
    'o novo reitor {ORG.uni:de} chámase {PER.m} e ten {AGE} anos .',
    'chove {LOC.city:en} , pero {LOC.region:en} fai sol .',
    'a tese de {PER.f} analiza a historia {ORG.union:de} {LOC.country:en} .',
    'Ponte nova , estrada vella : así titulou {ORG.media:art} a súa crónica .',
    'a novela conta a vida de {PER} , [un médico/unha médica] que chega {LOC.town:a} .',
    'acordo entre {ORG.body:art} e {ORG.company} para limpar o {river} {LOC.river} .',
    'os Reis Magos chegarán ao porto ás seis da tarde .',
    'a coral , dirixida por {PER} , cantará no mosteiro {LOC.town:de} .',
    'o mapa de {YEAR} amosa xa o camiño real cara {LOC.city:a} .',
    'o fiscal acusa a {PER.lone} de cobrar diñeiro {ORG.company:de} .',
    'a poboación {LOC.country:de} medrou un {NUMBER} por cento .',
    'viúvo de {PER.f} , {PER.m} casou de novo {LOC.city:en} .',
    '{ORG.body:art} multou {ORG.company:a} con {BIG} euros .',
    'o señor {PER.lone} vendeu as terras antes de marchar {LOC.country:a} .',
    'o pintor {PER.m} retratou a súa irmá {PER.f} en {YEAR} .',
    'as rúas {LOC.town:de} están cheas de xente en agosto .',
    'o presidente {ORG.org:de} , {PER.m} , pechou o acto .',
    'a novela ambientouse nunha aldea {LOC.region:de} durante a fame .',
    'o Ano Santo atrae peregrinos de todo o mundo .',
    'un barco con bandeira {LOC.country:de} naufragou fronte á costa .',
    'o técnico {ORG.club:de} , {PER.m} , foi expulsado no minuto {NUMBER} .',
    'tiña unha tenda de roupa {LOC.city:en} e outra {LOC.city:en} .',
    'as xogadoras {ORG.club:de} gañaron a copa .',
    'segundo o historiador {PER.m} , o castelo é de {YEAR.old} .',
    'a asociación que preside {PER.f} naceu {LOC.town:en} .',
    'quen matou a {PER.lone} ?',
    'militou {ORG.party:en} ata a súa morte .',
  ],
  persons: [
    { shape: '{given} {surname}', weight: 6, name: 'full' },
    { shape: '{given} {surname} {surname}', weight: 3, name: 'double' },
    { shape: '{surname}', weight: 2.5, name: 'lone' },
  ],
  avoid: [
    'Manuel Fraga',
    'Rosalía Castro',
    'Manuel Rivas',
    'Xosé Luís Méndez',
    'Daniel Castelao',
    'Manuel Curros',
    'Eduardo Pondal',
    'Xesús Vázquez',
    'Ramón Cabanillas',
    'Ana Pardo',
    'Xosé Manuel Castro',
    'Luís Seoane',
    'Alfonso Paz',
    'Inés Rey',
    'Carmen Calvo',
    'Pedro Sánchez',
  ],
  names: {
    given: [
      names(
        'm',
        'Xoán, Brais, Antón, Xosé, Manuel, Iago, Uxío, Roi, Breixo, Martiño, Paulo, Xurxo, Xaime, Anxo, Carlos, Francisco, Ramón, Lois, Henrique, Fernando, Daniel, Adrián, Santiago, Alfonso, Xesús, Xavier, Mateo, Bieito, Amaro, Rosendo, Eduardo, Ricardo, Suso, Xerardo, Alberte, Celso, Avelino, Isidro, Camilo, Xián, Nicolás, Tomás, Vicente, Valentín, Xosé Manuel, Xosé Luís, Luís, Pedro, Miguel',
      ),
      names(
        'f',
        'Uxía, Sabela, Iria, Noa, Antía, Aldara, María, Rosalía, Xiana, Carme, Lucía, Marta, Ana, Paula, Sara, Mariña, Branca, Olalla, Helena, Sofía, Icía, Pilar, Dolores, Comba, Lara, Alba, Inés, Laura, Emilia, Teresa, Cristina, Beatriz, Filomena, Elvira, Xoana, Margarida, Catarina, Marisol, Xulia, Nerea, María Xosé, Ana Belén, Rosa',
      ),
    ],
    surname: [
      names(
        '',
        'Castro, Souto, Vilariño, Ferreiro, Rodríguez, López, Fernández, González, García, Pérez, Martínez, Gómez, Álvarez, Vázquez, Iglesias, Domínguez, Varela, Rey, Lorenzo, Pereira, Pazos, Otero, Rivas, Seoane, Lema, Pena, Pardo, Fraga, Cabanas, Novoneyra, Carballo, Figueiras, Mosquera, Neira, Outeiral, Piñeiro, Quiroga, Rial, Sanmartín, Sobrado, Taboada, Teixeiro, Vieites, Barreiro, Blanco, Bouza, Caamaño, Calvo, Casal, Conde, Cores, Crespo, Dopico, Estévez, Fariña, Feijóo, Freire, Gándara, Garrido, Gil, Insua, Lago, Lamas, Ledo, Loureiro, Maceda, Méndez, Miramontes, Montero, Moure, Nogueira, Noia, Pedreira, Pombo, Portela, Pousa, Queizán, Ramos, Reboredo, Regueiro, Requeixo, Ribeiro, Rego, Sabucedo, Salgado, Santalla, Silva, Suárez, Tato, Toro, Trillo, Veiga, Viqueira, Vidal, Villar',
      ),
    ],
    LOC: [
      names(
        'city town big',
        'Santiago de Compostela, Vigo, A Coruña, Ourense, Lugo, Pontevedra, Ferrol, Tui, Mondoñedo, Viveiro, Monforte de Lemos, Vilagarcía de Arousa, Betanzos',
      ),
      names(
        'city big',
        'Porto, Braga, Coímbra, Lisboa, Salamanca, Oviedo, León, Madrid, Barcelona, Bos Aires, Xenebra, Lovaina, Bolonia, Oxford, Cracovia',
      ),
      names(
        'city town',
        'O Carballiño, A Guarda, O Grove, As Neves, A Cañiza, O Porriño, A Fonsagrada, As Nogais, O Incio, A Lama, O Irixo, A Merca, Os Blancos, Noia, Muxía, Mondoñedo, Ortigueira, Meira, Becerreá, Palas de Rei, Portomarín, Melide, Boqueixón, Melón, Maceda, Castro Caldelas, A Gudiña, Soutomaior, Forcarei, Catoira',
      ),
      names(
        'region',
        'A Mariña, O Salnés, A Terra Chá, O Morrazo, O Deza, Os Ancares, O Courel, A Limia, Bergantiños, Valdeorras, A Barbanza, O Baixo Miño, Fisterra, A Ulloa, Ordes, O Condado, O Ribeiro, A Costa da Morte, As Mariñas, Andalucía, Cataluña, Asturias, Castela, A Rioxa, O Alentexo, Bretaña, Escocia, Baviera, Lombardía, Normandía, Aragón, Toscana, Siberia',
      ),
      names(
        'river masc',
        'Miño, Sil, Ulla, Tambre, Eume, Lérez, Umia, Navia, Eo, Masma, Landro, Anllóns, Xallas, Verdugo, Tea, Avia, Arnego, Bibei, Mandeo, Deza, Mera, Douro, Texo, Ebro',
      ),
    ],
    ORG: [
      // A club goes by its town's name too.
      names('m club', '{LOC.town}', 10),
      names(
        'f uni',
        'Universidade {LOC.big:de}, Facultade de Dereito {LOC.big:de}, Escola Oficial de Idiomas {LOC.town:de}, Universidade Politécnica {LOC.big:de}',
      ),
      names(
        'm club',
        `Celta, Deportivo, Compostela, Obradoiro, Breogán, Racing, Lugo, Arosa, Bergantiños, Coruxo, Liceo, Burela, ${clubs}`,
      ),
      names(
        'm club',
        'Club Deportivo {LOC.town}, Racing Clube {LOC.town}, Club Baloncesto {LOC.town}, Atlético {LOC.town}',
        20,
      ),
      names(
        'bare company',
        `Inditex, Pescanova, Abanca, Gadisa, Televés, Finsa, Coren, Hijos de Rivera, Vegalsa, Copasa, ${companies}`,
        25,
      ),
      names(
        'bare company',
        'Conservas {surname}, {surname} e Fillos, Construcións {surname}, Talleres {surname}, Adegas {surname}, Estaleiros {surname}, Panadería {surname}',
        25,
      ),
      names('m body', 'Concello {LOC.town:de}, Consello {LOC.region:de}, Ministerio do Interior', 25),
      names(
        'f body',
        'Deputación {LOC.big:de}, Xunta de Galicia, Comisión Europea, Dirección Xeral de Tráfico, Axencia Tributaria, Audiencia {LOC.big:de}',
        20,
      ),
      names(
        'm org',
        'Museo {LOC.city:de}, Instituto {surname}, Ateneo {LOC.city:de}, Consello da Cultura Galega, Centro Galego {LOC.city:de}',
        25,
      ),
      names(
        'f org',
        'Fundación {surname}, Real Academia Galega, Cruz Vermella, Asociación Cultural {surname}, Cámara de Comercio {LOC.city:de}, Mancomunidade {LOC.region:de}, ONU, UNESCO, OTAN',
        25,
      ),
      names(
        'm party',
        'Partido Popular, Partido Socialista, Bloque Nacionalista Galego, Partido Galeguista, Partido Comunista, Partido Liberal, Partido Conservador, Partido Republicano, Partido Demócrata, Movemento Cinco Estrelas',
      ),
      names(
        'f party',
        'Esquerda Unida, Unión do Centro, Alternativa dos Veciños, Alianza Verde, Esquerda Galega, Fronte Ampla, Coalición Canaria, Unión Democrática, Democracia Cristiá, Lista Cidadá',
      ),
      names(
        'f union',
        'Confederación Intersindical Galega, Unión Xeral de Traballadores, Comisións Obreiras, Unión de Mariñeiros, Confederación de Empresarios, Unións Agrarias, Confraría {LOC.town:de}, Cooperativa Agraria {LOC.town:de}, Irmandade Labrega',
      ),
      names(
        'bare media',
        'La Voz de Galicia, Faro de Vigo, El Progreso, Nós Diario, La Región, El Correo Gallego, El País, La Vanguardia, Le Monde, The Guardian, Corriere della Sera, Público, Diario {LOC.big:de}, Radio {LOC.big}, A Nosa Terra, Grial, Atlántico Diario, Le Figaro, La Repubblica, Die Zeit',
      ),
    ],
    month: [
      names(
        '',
        'xaneiro, febreiro, marzo, abril, maio, xuño, xullo, agosto, setembro, outubro, novembro, decembro',
      ),
    ],
    weekday: [names('', 'luns, martes, mércores, xoves, venres, sábado, domingo')],
    job: [
      names(
        'f',
        'escritora, poeta, xornalista, profesora, fotógrafa, tradutora, historiadora, mestra, música',
      ),
    ],
    river: [names('', 'río, regato')],
  },
  inflect,
  include: {
    countries: { except: territories },
    worldCities: { except: ['N’Djamena'] },
    towns: [
      {
        country: 'ES',
        admin: '58',
        minPopulation: 2000,
        limit: 120,
        except: [
          'Castro',
          'Outeiro',
          'Salvatierra de Miño',
          'Laracha',
          'Mugia',
          'Amés',
          'Santa Marta de Ortigueira',
          'Santa Uxía de Ribeira',
          'Porriño',
          'Fonsagrada',
          'Corgo',
          'Burela de Cabo',
        ],
      },
    ],
  },
});
