import { definePatterns, names } from './format.js';
import { after, classifier, clubs, companies, territories, type ArticleClass } from './romance.js';

const classOf = classifier({
  countries: {
    m: 'Reino Unido, Líbano, Congo',
    f: 'India, República Dominicana',
    mp: 'Países Bajos, Emiratos Árabes Unidos',
    fp: 'Bahamas, Maldivas, Seychelles, Comoras, Bermudas',
  },
  otherwise: () => 'bare',
});

const withArticle: Readonly<Partial<Record<string, Readonly<Record<ArticleClass, string>>>>> = {
  de: { m: 'del', f: 'de la', mp: 'de los', fp: 'de las', bare: 'de' },
  a: { m: 'al', f: 'a la', mp: 'a los', fp: 'a las', bare: 'a' },
  en: { m: 'en el', f: 'en la', mp: 'en los', fp: 'en las', bare: 'en' },
};

/** A town's own article stays in its name (de El Ejido); that of a country or an organisation melts (del Reino Unido). */
function inflect(name: string, form: string, { kind, tags }: { kind: string; tags: readonly string[] }) {
  const articleClass = classOf(name, kind, tags);
  if (form === 'art') {
    if (articleClass === 'bare') return `[${name}]`;
    return articleClass === 'm' ? after('el', name) : articleClass === 'f' ? after('la', name) : undefined;
  }
  const preposition = withArticle[form]?.[articleClass];
  return preposition === undefined ? undefined : after(preposition, name);
}

/** Spanish. Forms: `art` with the article as a subject, and the prepositions de, a, en. */
export default definePatterns({
  language: 'es',
  train: [
    '{PER} nació en {LOC.city} el {DAY} de {month} de {YEAR} y murió en {LOC.city} en {YEAR} .',
    'el presidente {LOC.country:de} llegará mañana a {LOC.city} para reunirse con {PER} .',
    '{ORG.club:art} venció por {NUMBER} puntos {ORG.club:a} en un partido muy igualado .',
    'según fuentes {ORG.body:de} , las obras empezarán el próximo {weekday} .',
    'la {job.f} {PER.f} ha publicado una novela ambientada {LOC.region:en} de los años treinta .',
    '{ORG.company} ha anunciado el cierre de su planta de {LOC.town} .',
    'después de licenciarse en Derecho , {PER.m} trabajó como abogado en {LOC.city} .',
    'el alcalde de {LOC.town} , {PER.m} , pidió ayuda {ORG.body:a} .',
    'la sequía obliga a cortar el agua por las noches en {LOC.town} y {LOC.town} .',
    'no hubo heridos , pero los bomberos tardaron dos horas en apagar el fuego .',
    '{PER.lone} , de {AGE} años , fue [detenido/detenida] cuando intentaba cruzar la frontera {LOC.country:de} .',
    'la Semana Santa atrae cada año a miles de visitantes .',
    'los científicos {ORG.uni:de} han descubierto una nueva especie de mariposa .',
    'el río {LOC.river} nace en la sierra y desemboca cerca de {LOC.town} .',
    '« Este premio es de todos » , declaró {PER} al recoger el galardón .',
    'el entrenador de {LOC.city} cuenta con {PER.lone} y con {PER.lone} para el domingo .',
    '{ORG.party:art} pactará con {ORG.party:art} si gana las elecciones .',
    'a los dieciocho años se trasladó a {LOC.city} , donde conoció a {PER} .',
    'el concierto de {PER} en {LOC.city} agotó las entradas en pocas horas .',
    'durante la Edad Media , {LOC.town} perteneció al obispado de {LOC.city} .',
    'miles de personas salieron a la calle para protestar por la subida de los precios .',
    'el diario {ORG.media} dedica su portada a la crisis {ORG.body:de} .',
    'el campo vende cada vez más aceite a otros países , dice el informe .',
    'vecinos {LOC.region:de} recuerdan a {PER} como [un hombre sencillo/una mujer sencilla] .',
    'el juicio contra {PER.m} y {PER.f} se celebrará en {month} .',
    'la carretera entre {LOC.town} y {LOC.town} permanece cortada por la nieve .',
    '{ORG.org:art} recauda fondos para un hospital {LOC.country:en} .',
    'Quién iba a pensar que {PER} acabaría jugando {ORG.club:en} .',
    'las acciones de {ORG.company} cayeron un {NUMBER} por ciento en la bolsa de {LOC.city} .',
    'hijo de emigrantes , {PER.m} aprendió a leer {LOC.country:en} .',
    'el museo guarda {NUMBER} cuadros de {PER} y varias cartas de {PER} .',
    'la Comisión de Pesca volverá a reunirse después del verano .',
    '{PER.f} fue elegida secretaria general {ORG.union:de} en el congreso de {LOC.city} .',
    'el tren de las ocho sale de {LOC.city} y llega a {LOC.city} a mediodía .',
    'Madre no hay más que una , dice el refrán .',
    'la selección {LOC.country:de} ganó la medalla de oro en los Juegos Olímpicos .',
    'fundada en {YEAR} , {ORG.company} tiene su sede en {LOC.city} y da empleo a {BIG} personas .',
    'hace calor {LOC.region:en} , mientras que en {LOC.city} sigue lloviendo .',
    'tras la dimisión de {PER} , {ORG.body:art} busca un nuevo director .',
    'ni {PER.lone} ni {PER.lone} quisieron comentar la noticia de {ORG.media} .',
    'el cardenal {PER.m} ofició la misa en la catedral de {LOC.city} .',
    'el Consejo aprobó el acta de la sesión anterior .',
    'cuentan que el poeta {PER.lone} escribió estos versos en una taberna de {LOC.town} .',
    'los empleados {ORG.union:de} cobrarán la paga extra de Navidad .',
    'en {YEAR} el ejército {LOC.country:de} ocupó la isla .',
    '{PER} y {PER} se casaron en {LOC.town} en presencia de sus padres .',
    'el abogado {PER.m} defenderá a la familia en el juzgado de {LOC.city} .',
    'la ministra {PER.f} viajará a {LOC.country} y a {LOC.country} .',
    'el juez {PER.lone} envió a prisión al tesorero {ORG.party:de} .',
    'para {PER} , la derrota {ORG.club:de} no fue ninguna sorpresa .',
    'el festival contará con grupos {LOC.country:de} , {LOC.country} y {LOC.country} .',
    'gracias al apoyo de {PER} , {ORG.org:art} pudo abrir una escuela en {LOC.town} .',
    '{LOC.country:art} cierra sus fronteras hasta el mes de {month} .',
    'los embajadores {LOC.country:de} y {LOC.country:de} cenaron con {PER.lone} .',
    'acuerdo entre {ORG.body:art} y {ORG.company} para limpiar el río {LOC.river} .',
    'la tesis de {PER.f} estudia la historia {ORG.union:de} .',
    'los trabajadores de {ORG.company} empiezan hoy una huelga indefinida .',
    '{PER} dirigió {ORG.media} entre {YEAR} y {YEAR} .',
    'el delantero , cedido por {ORG.club:art} , todavía no ha debutado .',
    'el doctor {PER.lone} tenía su consulta en {LOC.city} .',
    'las mujeres de {LOC.town} bordaban mantones para la reina .',
    'el fiscal acusa a {PER.lone} de aceptar dinero de {ORG.company} .',
    'un barco con bandera {LOC.country:de} encalló frente a la playa .',
  ],
  dev: [
    'la profesora {PER.f} enseña Matemáticas {ORG.uni:en} .',
    '{LOC.town} está a {NUMBER} kilómetros de {LOC.city} .',
    'el delantero {PER.lone} deja {ORG.club:art} y ficha por {ORG.club:art} .',
    'el Ministerio no ha confirmado la fecha de la reunión .',
    'los abogados de {ORG.company} viajaron {LOC.country:a} para negociar .',
    'murió {PER} , [fundador/fundadora] {ORG.org:de} .',
    'el sábado actuará en {LOC.city} la compañía de {PER} .',
    'Navidad sin nieve : así ha sido el invierno .',
    'el portavoz {ORG.party:de} acusó a {PER} de mentir .',
    'quedan pocas casas antiguas en {LOC.town} .',
  ],
  test: [
    'el arquitecto {PER.m} diseñó la nueva sede {ORG.org:de} .',
    'una avería dejó sin luz a {BIG} vecinos de {LOC.town} .',
    '{LOC.country:art} y {LOC.country:art} firmaron la paz en {YEAR} .',
    'un portavoz de {ORG.company} negó cualquier relación con {PER.lone} .',
    'este año el premio ha sido para {PER} , [autor/autora] de varios ensayos .',
    'la final se jugará en {LOC.city} entre {ORG.club:art} y {ORG.club:art} .',
    'Como cada lunes , el mercado abrirá a las nueve .',
    'la huelga {ORG.union:de} paralizó los puertos {LOC.country:de} .',
    'el discípulo de {PER.lone} enseñó música en {LOC.city} hasta {YEAR} .',
    'allí conoció al pintor {PER.m} , que la retrató en {YEAR} .',
    'los sondeos dan la victoria {ORG.party:a} {LOC.region:en} .',
    'desde {LOC.city} informa para {ORG.media} nuestra corresponsal , {PER.f} .',
    'la Luna tarda casi un mes en dar la vuelta a la Tierra .',
    'dos ríos , el {LOC.river} y el {LOC.river} , riegan la comarca .',
    'se busca a un vecino de {LOC.town} desaparecido el {weekday} .',
    'si {PER.lone} no se recupera , {ORG.club:art} jugará sin portero titular .',
    'recibió clases de {PER} {ORG.uni:en} .',
    'Buenos días , señor {PER.lone} , dijo el cartero .',
    'la deuda {ORG.body:de} supera los {BIG} millones .',
    'hasta {LOC.country:art} llegan las naranjas que se cultivan {LOC.region:en} .',
    'nadie sabe quién escribió el Lazarillo de Tormes .',
    'en la sala principal se exponen fotografías de {LOC.city} tomadas por {PER} .',
    'el parte meteorológico recomienda prudencia a los Reyes Magos .',
    '{ORG.company} , {ORG.company} y {ORG.org:art} patrocinan la carrera .',
    'la periodista {PER.f} escribe en {ORG.media} desde {YEAR.recent} .',
    'el novelista {PER.m} pasó su infancia {LOC.region:en} .',
    'la ingeniera {PER.f} proyectó un puente sobre el {LOC.river} .',
    '{ORG.union:art} convoca una marcha en {LOC.city} y en {LOC.city} .',
    'don {PER.m} heredó las tierras de su tío {PER.m} .',
    'el director {ORG.org:de} , {PER.m} , cerró el acto .',
    'las jugadoras {ORG.club:de} levantaron la copa en {LOC.city} .',
    'militó {ORG.party:en} hasta su muerte .',
    'las calles de {LOC.town} se llenan de gente en agosto .',
    '¿ Quién era en realidad {PER.lone} ?',
  ],
  persons: [
    { shape: '{given} {surname}', weight: 6, name: 'full' },
    { shape: '{given} {surname} {surname}', weight: 3, name: 'double' },
    { shape: '{surname}', weight: 2.5, name: 'lone' },
  ],
  names: {
    given: [
      names(
        'm',
        'Antonio, Manuel, José, Francisco, David, Juan, Javier, Daniel, Carlos, Jesús, Alejandro, Miguel, Rafael, Pedro, Ángel, Pablo, Sergio, Fernando, Jorge, Luis, Alberto, Álvaro, Diego, Adrián, Raúl, Enrique, Ramón, Vicente, Iván, Rubén, Óscar, Andrés, Joaquín, Santiago, Eduardo, Víctor, Roberto, Jaime, Mario, Ignacio, Salvador, Ricardo, Gonzalo, Emilio, Julián, Tomás, Agustín, Julio, Félix, Nicolás, Gabriel, Gregorio, Esteban, Hugo, Lorenzo, Martín, José Luis, Juan Carlos, Miguel Ángel',
      ),
      names(
        'f',
        'María, Carmen, Ana, Isabel, Laura, Cristina, Marta, Lucía, Dolores, Pilar, Elena, Teresa, Raquel, Sara, Paula, Rosa, Mercedes, Julia, Beatriz, Silvia, Alba, Irene, Patricia, Rocío, Andrea, Montserrat, Mónica, Claudia, Sofía, Alicia, Sandra, Susana, Margarita, Marina, Yolanda, Inmaculada, Natalia, Eva, Inés, Ángela, Esther, Verónica, Noelia, Nuria, Lorena, Gloria, Amparo, Celia, Victoria, Catalina, Aurora, Emilia, Blanca, Olga, Consuelo, María José, Ana María, Leonor',
      ),
    ],
    surname: [
      names(
        '',
        'García, González, Rodríguez, Fernández, López, Martínez, Sánchez, Pérez, Gómez, Martín, Jiménez, Ruiz, Hernández, Díaz, Moreno, Muñoz, Álvarez, Romero, Alonso, Gutiérrez, Navarro, Torres, Domínguez, Vázquez, Ramos, Gil, Ramírez, Serrano, Blanco, Molina, Morales, Suárez, Ortega, Delgado, Castro, Ortiz, Rubio, Marín, Sanz, Núñez, Iglesias, Medina, Garrido, Cortés, Castillo, Santos, Lozano, Guerrero, Cano, Prieto, Méndez, Cruz, Calvo, Gallego, Herrera, Márquez, León, Vidal, Peña, Flores, Cabrera, Campos, Vega, Fuentes, Carrasco, Diez, Reyes, Caballero, Nieto, Aguilar, Pascual, Santana, Herrero, Montero, Lorenzo, Hidalgo, Giménez, Ibáñez, Ferrer, Durán, Santiago, Benítez, Vargas, Mora, Vicente, Arias, Carmona, Crespo, Román, Pastor, Soto, Sáez, Velasco, Moya, Soler, Parra, Esteban, Bravo, Gallardo, Rojas, Pardo, Merino, Franco, Espinosa, Izquierdo, Lara, Rivas, Silva, Rivera, Casado, Arroyo, Redondo, Camacho, Rey, Vera, Otero, Luque, Galán, Montes, Ríos, Sierra, Segura, Carrillo, Marcos, Marti, Soriano, Mendoza',
      ),
    ],
    LOC: [
      names(
        'city big',
        'Madrid, Barcelona, Valencia, Sevilla, Zaragoza, Salamanca, Granada, Valladolid, Oviedo, Murcia, Málaga, Bilbao, Cádiz, Burgos, Toledo, Santander, Buenos Aires, Ciudad de México, Bogotá, Montevideo, La Habana, Quito, Cuenca, Lovaina, Bolonia',
      ),
      names(
        'region',
        'Andalucía, Cataluña, Galicia, Asturias, Cantabria, Extremadura, Aragón, Navarra, Castilla, Murcia, Canarias, Baviera, Escocia, Normandía, Toscana, Lombardía, Bretaña, Flandes, Patagonia, California, Siberia, Provenza, Sicilia, Cerdeña, Oaxaca, Jalisco, Antioquia, Castilla y León',
      ),
      names('region masc', 'País Vasco, Bierzo, Algarve, Maestrazgo, Tirol, Véneto, Piamonte'),
      names('region fem', 'Mancha, Rioja, Alcarria, Axarquía, Pampa, Amazonia'),
      names(
        'river masc',
        'Tajo, Duero, Ebro, Guadalquivir, Guadiana, Júcar, Segura, Pisuerga, Tormes, Genil, Sil, Cinca, Jalón, Esla, Miño, Turia, Jarama, Manzanares, Orinoco, Magdalena, Paraná, Sena, Rin, Danubio',
      ),
      names(
        'city town',
        'El Escorial, La Bañeza, Los Barrios, El Toboso, La Granja, Las Navas, Cádiz, Ibi, Ronda, Baeza, Úbeda, Sigüenza, Tordesillas, Astorga, Béjar, Jaca',
      ),
    ],
    ORG: [
      // A club goes by its town's name too.
      names('m club', '{LOC.town}', 10),
      names(
        'f uni',
        'Universidad de {LOC.big}, Universidad Politécnica de {LOC.big}, Escuela de Bellas Artes de {LOC.big}, Facultad de Medicina de {LOC.big}, Universidad Autónoma de {LOC.big}',
      ),
      names(
        'm club',
        `Betis, Atlético de Madrid, Athletic, Zaragoza, Sporting de Gijón, Osasuna, Rayo Vallecano, Cádiz, Levante, Málaga, Almería, Elche, Granada, Valladolid, ${clubs}`,
      ),
      names(
        'm club',
        'Club Deportivo {LOC.town}, Atlético {LOC.town}, Club de Fútbol {LOC.town}, Club Baloncesto {LOC.town}',
        20,
      ),
      names('f club', 'Unión Deportiva {LOC.town}, Sociedad Deportiva {LOC.town}, Cultural {LOC.town}', 8),
      names(
        'bare company',
        `Telefónica, Iberdrola, Repsol, Endesa, Mercadona, Acciona, Ferrovial, Iberia, Mapfre, Naturgy, Santander, Mango, ${companies}`,
        25,
      ),
      names(
        'bare company',
        'Construcciones {surname}, Bodegas {surname}, Talleres {surname}, Hermanos {surname}, {surname} e Hijos, Transportes {surname}, Aceites {surname}',
        25,
      ),
      names(
        'm body',
        'Ayuntamiento de {LOC.town}, Ministerio de Hacienda, Tribunal Supremo, Banco de España, Parlamento {LOC.region:de}',
        25,
      ),
      names(
        'f body',
        'Diputación de {LOC.big}, Comisión Europea, Agencia Tributaria, Audiencia Nacional, Junta {LOC.region:de}, Cámara de Comercio de {LOC.big}, Confederación Hidrográfica del {LOC.river}',
        25,
      ),
      names(
        'm org',
        'Museo de {LOC.city}, Instituto {surname}, Ateneo de {LOC.city}, Teatro {surname}, Orfeón de {LOC.town}',
        25,
      ),
      names(
        'f org',
        'Fundación {surname}, Cruz Roja, Real Academia Española, Asociación de Vecinos de {LOC.town}, ONU, UNESCO, OTAN, Biblioteca Nacional, Orquesta Sinfónica de {LOC.city}, Sociedad {surname}',
        25,
      ),
      names(
        'm party',
        'Partido Popular, Partido Socialista, Partido Comunista, Partido Liberal, Partido Conservador, Partido Republicano, Partido Nacionalista Vasco, Partido Radical, Frente Amplio, Partido Demócrata, Movimiento al Socialismo, Partido Andalucista',
      ),
      names(
        'f party',
        'Izquierda Unida, Unión Cívica, Alianza Verde, Coalición Canaria, Democracia Cristiana, Lista Ciudadana, Alternativa Democrática, Unión del Centro, Izquierda Republicana, Convergencia Social',
      ),
      names(
        'f union',
        'Unión General de Trabajadores, Confederación Nacional del Trabajo, Federación de Enseñanza, Asociación de Ganaderos {LOC.region:de}, Cooperativa del Campo de {LOC.town}, Cofradía de Pescadores de {LOC.town}, Confederación de Empresarios {LOC.region:de}',
      ),
      names(
        'bare media',
        'El País, El Mundo, La Vanguardia, La Razón, Le Monde, The Guardian, La Nación, Clarín, El Tiempo, El Universal, Marca, Diario de {LOC.big}, Radio {LOC.big}, La Voz de {LOC.big}, El Heraldo, Corriere della Sera, El Comercio, La Tribuna, Le Figaro, Público',
      ),
    ],
    month: [
      names(
        '',
        'enero, febrero, marzo, abril, mayo, junio, julio, agosto, septiembre, octubre, noviembre, diciembre',
      ),
    ],
    weekday: [names('', 'lunes, martes, miércoles, jueves, viernes, sábado, domingo')],
    job: [names('f', 'escritora, poeta, periodista, historiadora, profesora, dramaturga, filóloga')],
  },
  inflect,
  include: {
    countries: { except: territories },
    worldCities: true,
    towns: [
      {
        country: 'ES',
        limit: 170,
        except: [
          'Sant Martí',
          'Ciudad Lineal',
          'Chamartín',
          'Cadiz',
          'Campiña',
          'Santutxu',
          'Sama',
          'Llefià',
          'Grao de Murviedro',
          'Arganda',
        ],
      },
    ],
  },
});
