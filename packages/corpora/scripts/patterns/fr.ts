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
    m: 'Mexique, Cambodge, Mozambique, Zimbabwe, Suriname, Belize, Canada, Japon, Brésil, Pérou, Chili, Maroc, Sénégal, Mali, Niger, Nigeria, Tchad, Togo, Bénin, Ghana, Gabon, Cameroun, Kenya, Liban, Danemark, Portugal, Luxembourg, Liechtenstein, Royaume-Uni, Groenland, Kosovo, Monténégro, Népal, Pakistan, Bangladesh, Bhoutan, Laos, Viêt Nam, Kazakhstan, Kirghizstan, Tadjikistan, Turkménistan, Koweït, Qatar, Yémen, Soudan, Soudan du Sud, Rwanda, Burundi, Botswana, Malawi, Lesotho, Liberia, Venezuela, Paraguay, Panama, Costa Rica, Nicaragua, Honduras, Guatemala, Salvador, Guyana, Burkina Faso, Cap-Vert, Sri Lanka, Brunei, Salvador, Congo-Kinshasa, Sahara occidental',
    mp: 'États-Unis, Pays-Bas, Émirats arabes unis',
    fp: 'Philippines, Maldives, Seychelles, Comores, Bahamas, Bermudes',
    bare: 'Cuba, Chypre, Malte, Monaco, Singapour, Madagascar, Haïti, Bahreïn, Djibouti, Taïwan, Israël, Oman, Maurice, Porto Rico, Gibraltar',
  },
  otherwise: (name) => (name.endsWith('e') ? 'f' : 'm'),
});

const elide = (word: 'l' | 'd', name: string, whole: string): string =>
  after(startsWithVowel(name) ? `${word}'` : whole, name);

function ofCountry(name: string, form: string, articleClass: ArticleClass): string | undefined {
  const vowel = startsWithVowel(name);
  switch (articleClass) {
    case 'mp':
    case 'fp':
      return form === 'art' ? undefined : after(form === 'en' ? 'aux' : 'des', name);
    case 'bare':
      if (form === 'art') return `[${name}]`;
      return form === 'en' ? after(name === 'Israël' ? 'en' : 'à', name) : elide('d', name, 'de');
    default: {
      const feminine = articleClass === 'f';
      if (form === 'art') return elide('l', name, feminine ? 'la' : 'le');
      if (form === 'en') return after(feminine || vowel ? 'en' : 'au', name);
      if (form === 'from') return vowel ? after("d'", name) : after(feminine ? 'de' : 'du', name);
      return vowel ? after("de l'", name) : after(feminine ? 'de la' : 'du', name);
    }
  }
}

/** Elisions and contractions: de [Paris], d' [Alger], du [Havre], aux [Pays-Bas], en [Italie], à l' [Académie ...]. */
function inflect(name: string, form: string, { kind, tags }: { kind: string; tags: readonly string[] }) {
  if (!['art', 'de', 'from', 'en', 'a'].includes(form)) return undefined;
  const articleClass = classOf(name, kind, tags);
  if (kind === 'LOC' && (tags.includes('country') || tags.includes('region'))) {
    if (form === 'a') return undefined;
    if (form === 'en' && tags.includes('masc') && !startsWithVowel(name)) return after('dans le', name);
    return ofCountry(name, form, articleClass);
  }
  const own = kind === 'LOC' ? /^(Le|Les) (.+)$/u.exec(name) : null;
  if (own && form !== 'art') {
    const [, article, rest = ''] = own;
    const to = form === 'en' || form === 'a';
    return after(article === 'Le' ? (to ? 'au' : 'du') : to ? 'aux' : 'des', rest);
  }
  if (articleClass === 'bare') {
    if (form === 'art') return `[${name}]`;
    return form === 'en' || form === 'a' ? after('à', name) : elide('d', name, 'de');
  }
  const feminine = articleClass === 'f';
  if (form === 'art') return elide('l', name, feminine ? 'la' : 'le');
  const to = form === 'en' || form === 'a';
  if (startsWithVowel(name)) return after(to ? "à l'" : "de l'", name);
  if (feminine) return after(to ? 'à la' : 'de la', name);
  return after(to ? 'au' : 'du', name);
}

/** French. Forms: `art` with the article, `de` (of), `from` (de without a feminine's article), `en` (in: à, en, au), `a` (to). */
export default definePatterns({
  language: 'fr',
  train: [
    '{PER} est [né/née] le {DAY} {month} {YEAR} {LOC.city:en} et [mort/morte] {LOC.city:en} en {YEAR} .',
    'le maire {LOC.town:de} , {PER.m} , a annoncé la fermeture de deux écoles .',
    '{ORG.club:art} a battu {ORG.club:art} à domicile devant {BIG} spectateurs .',
    'selon {ORG.media:art} , le ministre {PER.m} pourrait quitter le gouvernement .',
    "« Nous n' avons pas dit notre dernier mot » , a prévenu {PER} {weekday} .",
    '{ORG.company} supprimera {NUMBER} emplois dans son usine {LOC.town:de} .',
    "après des études de droit {LOC.city:en} , {PER.m} s' installe {LOC.country:en} .",
    'la {job.f} {PER.f} publie cet automne un roman sur la Grande Guerre .',
    'la météo annonce des orages sur tout le pays .',
    'les chercheurs {ORG.uni:de} ont publié leurs résultats en {month} .',
    'un incendie a détruit une ferme près {LOC.town:de} dans la nuit .',
    '{ORG.body:art} a rejeté la demande {ORG.org:de} .',
    '{LOC.river:art} prend sa source dans les collines et traverse {LOC.town} .',
    "l' équipe {LOC.country:de} affrontera celle {LOC.country:de} en finale .",
    'ancien élève {PER:de} , {PER.m} enseigne le piano {LOC.city:en} .',
    'les députés ont voté la loi malgré les critiques {ORG.union:de} .',
    'le Conseil se réunira de nouveau après les fêtes de Pâques .',
    'deux touristes venus {LOC.country:from} ont été secourus en montagne .',
    "l' exposition réunit des toiles {PER:de} , {PER:de} et {PER:de} .",
    '{PER.f} a été élue à la tête {ORG.party:de} avec {NUMBER} % des voix .',
    'le train {LOC.city:from} est arrivé {LOC.city:en} avec trois heures de retard .',
    'entre {YEAR} et {YEAR} , {LOC.town} dépendait du diocèse {LOC.city:de} .',
    "fils d' un boulanger {LOC.town:de} , {PER.lone} rêvait de devenir marin .",
    "Noël approche et les rues s' illuminent .",
    'le tribunal a condamné {PER.m} à {NUMBER} mois de prison .',
    '{ORG.org:art} organise un colloque {LOC.city:en} sur la Renaissance .',
    'le cinéaste {PER.lone} a tourné son premier film {LOC.country:en} .',
    'on trouve de beaux marchés {LOC.region:en} et {LOC.region:en} .',
    "l' entraîneur {ORG.club:de} a félicité {PER.lone} et {PER.lone} .",
    'les éleveurs {LOC.region:from} manifestent devant {ORG.body:art} .',
    'la Lune sera cachée par les nuages .',
    "{PER} , [directeur/directrice] {ORG.media:de} , a reçu la Légion d' honneur .",
    'à {AGE} ans , {PER.f} a traversé {LOC.country:art} à vélo .',
    "personne n' a revu {PER.lone} depuis son départ {LOC.city:de} .",
    'les ventes {ORG.company:de} ont reculé de {NUMBER} % en un an .',
    'monsieur {PER.lone} habitait une grande maison {LOC.town:en} .',
    'grève dans les transports : {ORG.union:art} appelle à manifester {weekday} .',
    "c' est {LOC.town:en} que {PER} a passé son enfance .",
    'que dire du vieux parler {LOC.region:from} ?',
    'le prix du pain a encore augmenté .',
    '{LOC.country:art} a livré du blé {ORG.org:a} .',
    'la statue {PER:de} se dresse au centre {LOC.town:de} .',
    'le Premier ministre a reçu les syndicats toute la matinée .',
    'en {YEAR} , {ORG.company} rachète {ORG.company} pour {BIG} millions de francs .',
    'le recteur {ORG.uni:de} a démissionné après la visite {PER:de} .',
    "l' avocat {PER.m} défendra la famille devant {ORG.body:art} .",
    'la ministre {PER.f} se rendra {LOC.country:en} et {LOC.country:en} .',
    'le juge {PER.lone} a mis en examen le trésorier {ORG.party:de} .',
    "pour {PER} , la défaite {ORG.club:de} n' est pas une surprise .",
    'grâce au soutien {PER:de} , {ORG.org:art} a pu ouvrir une école {LOC.town:en} .',
    "{LOC.country:art} ferme ses frontières jusqu' au mois de {month} .",
    'les ambassadeurs {LOC.country:de} et {LOC.country:de} ont dîné avec {PER.lone} .',
    '{PER} a dirigé {ORG.media:art} de {YEAR} à {YEAR} .',
    'le docteur {PER.lone} soignait gratuitement les pauvres {LOC.town:de} .',
    "la thèse {PER.f:de} porte sur l' histoire {ORG.union:de} .",
    'le groupe jouera {LOC.city:en} , {LOC.city} et {LOC.city} .',
    'un accord entre {ORG.body:art} et {ORG.company} prévoit de nettoyer {LOC.river:art} .',
  ],
  dev: [
    'la chanteuse {PER.f} donnera un récital {LOC.city:en} .',
    'les habitants {LOC.town:de} attendent toujours un médecin .',
    '{ORG.party:art} a perdu les élections {LOC.region:en} .',
    "l' écrivain {PER.lone} vit entre {LOC.city} et {LOC.city} .",
    'en hiver , la neige bloque souvent le col .',
    '{ORG.company} construira un pont {LOC.country:en} .',
    'le Moyen Âge passionne les enfants .',
    'un rapport {ORG.body:de} met en cause {PER.m} .',
    'diplômée {ORG.uni:de} , {PER.f} rejoint {ORG.media:art} .',
    'le gardien {ORG.club:de} , {PER.m} , est blessé .',
  ],
  test: [
    "l' architecte {PER.m} a restauré la cathédrale {LOC.city:de} .",
    '{ORG.org:art} a acquis {NUMBER} lettres {PER:de} .',
    'les inondations ont coupé la route {LOC.town:de} pendant deux jours .',
    '{LOC.country:art} et {LOC.country:art} ont rompu leurs relations en {YEAR} .',
    'le navigateur {PER.lone} est parti {LOC.town:de} sans prévenir personne .',
    "d' après un sondage , {ORG.party:art} arriverait en tête {LOC.region:en} .",
    'Bonjour , madame {PER.lone} , dit le facteur .',
    'les salariés {ORG.company:de} ont repris le travail {weekday} matin .',
    'la vendange a commencé plus tôt que prévu .',
    '{ORG.club:art} jouera sans {PER.lone} , suspendu pour trois matchs .',
    'docteur {ORG.uni:de} , {PER.m} a découvert un vaccin .',
    'envoyée spéciale {ORG.media:de} {LOC.city:en} , {PER.f} raconte .',
    "ni {ORG.body:art} ni {ORG.body:art} n' ont répondu à nos questions .",
    'au sud {LOC.region:de} coule {LOC.river:art} .',
    'le Petit Chaperon rouge fait peur aux enfants .',
    'son frère , {PER.m} , dirigeait {ORG.company} {LOC.country:en} .',
    "un vol {LOC.city:from} s' est posé en urgence {LOC.city:en} .",
    'il a fallu attendre {YEAR} pour que {LOC.town} ait une gare .',
    "à l' appel {ORG.union:de} , {BIG} personnes ont défilé {LOC.city:en} .",
    "la Terre compte aujourd'hui huit milliards d' habitants .",
    '{PER} succède à {PER} à la présidence {ORG.org:de} .',
    'on raconte que la reine dormit {LOC.town:en} chez le chanoine {PER.lone} .',
    'les vins {LOC.region:from} se vendent bien {LOC.country:en} .',
    'Depuis {LOC.city} , {PER.f} écrit chaque semaine à {PER.m} .',
    'la journaliste {PER.f} signe dans {ORG.media:art} depuis {YEAR.recent} .',
    "le procureur accuse {PER.lone} d' avoir reçu de l' argent {ORG.company:de} .",
    "un cargo battant pavillon {LOC.country:de} s' est échoué devant la plage .",
    'les joueuses {ORG.club:de} ont soulevé la coupe {LOC.city:en} .',
    "il milita {ORG.party:a} jusqu' à sa mort .",
    "les rues {LOC.town:de} sont pleines de monde au mois d' août .",
    'le directeur {ORG.org:de} , {PER.m} , a clos la séance .',
    'qui était vraiment {PER.lone} ?',
  ],
  persons: [
    { shape: '{given} {surname}', weight: 8, name: 'full' },
    { shape: '{surname}', weight: 2.5, name: 'lone' },
  ],
  avoid: [
    'Jacques Brel',
    'Jean Martin',
    'Robert Badinter',
    'Michel Fourniret',
    'Victor Hugo',
    'Eugène Delacroix',
    'Emmanuel Petit',
    'Michel Girard',
    'Philippe Noël',
    'Guy Roux',
    'Louis Blanc',
    'Laurent Blanc',
    'Jean-Luc Vidal',
    'Claude François',
    'François Noël',
    'Alain Robert',
    'Daniel Vidal',
    'Thomas Lemaire',
    'Albert Roche',
    'Alexandre Dumas',
    'Jean-Jacques Rousseau',
    'Bernard Arnaud',
    'Jean-Pierre Raffarin',
    'Jean Moulin',
    'Georges Duval',
  ],
  names: {
    given: [
      names(
        'm',
        'Jean, Pierre, Michel, André, Philippe, René, Louis, Alain, Jacques, Bernard, Marcel, Daniel, Roger, Robert, Paul, Claude, Christian, Henri, Georges, Nicolas, François, Gérard, Maurice, Julien, Antoine, Olivier, Laurent, Thierry, Thomas, Vincent, Guillaume, Mathieu, Luc, Hugo, Arthur, Émile, Étienne, Sébastien, Frédéric, Yves, Gilles, Serge, Xavier, Benoît, Raymond, Denis, Alexandre, Jean-Pierre, Jean-Luc, Jean-Claude, Charles, Eugène, Victor, Auguste, Fernand, Édouard, Ousmane, Karim, Mehdi',
      ),
      names(
        'f',
        'Marie, Jeanne, Françoise, Monique, Catherine, Nathalie, Isabelle, Jacqueline, Anne, Sylvie, Martine, Madeleine, Nicole, Suzanne, Hélène, Christine, Valérie, Sophie, Sandrine, Stéphanie, Véronique, Céline, Chantal, Julie, Camille, Louise, Alice, Emma, Manon, Léa, Chloé, Juliette, Claire, Élise, Agnès, Brigitte, Cécile, Denise, Élodie, Florence, Geneviève, Germaine, Lucie, Mathilde, Odile, Pauline, Simone, Thérèse, Virginie, Yvonne, Anne-Marie, Marie-Claire, Aurélie, Delphine, Fatima, Aïcha, Inès, Eugénie',
      ),
    ],
    surname: [
      names(
        '',
        'Martin, Bernard, Dubois, Thomas, Robert, Richard, Petit, Durand, Leroy, Moreau, Simon, Laurent, Lefebvre, Michel, Garcia, David, Bertrand, Roux, Vincent, Fournier, Morel, Girard, André, Lefèvre, Mercier, Dupont, Lambert, Bonnet, François, Martinez, Legrand, Garnier, Faure, Rousseau, Blanc, Guérin, Muller, Henry, Roussel, Nicolas, Perrin, Morin, Mathieu, Clément, Gauthier, Dumont, Lopez, Fontaine, Chevalier, Robin, Masson, Sanchez, Gérard, Nguyen, Boyer, Denis, Lemaire, Duval, Joly, Gautier, Roger, Roche, Roy, Noël, Meyer, Lucas, Meunier, Jean, Perez, Marchand, Dufour, Blanchard, Marie, Barbier, Brun, Dumas, Brunet, Schmitt, Leroux, Colas, Fernandez, Arnaud, Renard, Rolland, Caron, Aubert, Giraud, Leclerc, Vidal, Bourgeois, Renaud, Lemoine, Picard, Gaillard, Philippe, Leclercq, Lacroix, Fabre, Dupuis, Olivier, Rodriguez, Hubert, Carpentier, Guillot, Rivière, Le Gall, Guillaume, Adam, Rey, Moulin, Besson, Charpentier, Le Goff, Vasseur, Cousin, Boucher, Tessier, Pasquier, Diallo, Traoré, Benoît, Kerviel, Étienne, Delacroix',
      ),
    ],
    LOC: [
      names(
        'city big',
        'Paris, Lyon, Marseille, Toulouse, Bordeaux, Lille, Strasbourg, Nantes, Rennes, Grenoble, Dijon, Poitiers, Bruxelles, Genève, Montréal, Québec, Lausanne, Liège, Louvain, Dakar, Oxford, Bologne, Salamanque, Orléans, Aix-en-Provence, Amiens, Rouen, Caen',
      ),
      names(
        'region fem',
        'Bretagne, Normandie, Provence, Alsace, Bourgogne, Auvergne, Lorraine, Picardie, Aquitaine, Champagne, Savoie, Corse, Vendée, Gascogne, Dordogne, Ardèche, Catalogne, Galice, Andalousie, Toscane, Lombardie, Bavière, Écosse, Flandre, Wallonie, Sicile, Sardaigne, Californie, Sibérie, Castille, Transylvanie',
      ),
      names(
        'region masc',
        'Limousin, Languedoc, Roussillon, Poitou, Berry, Jura, Périgord, Anjou, Artois, Morvan, Vaucluse, Piémont, Tyrol, Béarn, Valais',
      ),
      names(
        'river fem',
        'Loire, Seine, Garonne, Dordogne, Marne, Saône, Meuse, Moselle, Charente, Somme, Vienne, Durance, Creuse, Sarthe, Mayenne, Isère, Oise, Yonne, Vilaine, Sèvre',
      ),
      names('river masc', 'Rhône, Rhin, Tarn, Lot, Doubs, Cher, Gers, Var, Gard, Danube'),
      names(
        'city town',
        "Le Puy, Les Ulis, La Baule, Le Creusot, Les Herbiers, Le Touquet, La Ciotat, L' Isle-Adam, Aurillac, Mende, Cahors, Guéret, Rodez, Privas, Bar-le-Duc",
      ),
    ],
    ORG: [
      names(
        'f uni',
        "Université {LOC.big:de}, École normale {LOC.big:de}, Faculté de médecine {LOC.big:de}, École d' architecture {LOC.big:de}, École des beaux-arts {LOC.big:de}",
      ),
      names(
        'm club',
        `Stade rennais, Toulouse FC, Paris Saint-Germain, Racing Club de France, Montpellier HSC, FC Nantes, RC Lens, LOSC, Stade de Reims, FC Metz, Biarritz olympique, Stade toulousain, ${clubs}`,
      ),
      names(
        'm club',
        'Stade {LOC.town}, FC {LOC.town}, Racing Club {LOC.town:de}, Olympique {LOC.town:de}',
        18,
      ),
      names('f club', 'AS {LOC.town}, Entente sportive {LOC.town:de}, Union sportive {LOC.town:de}', 10),
      names(
        'bare company',
        `EDF, Total, Citroën, Alstom, Thales, Safran, Veolia, Bouygues, Orange, Vinci, Dassault, Lafarge, Auchan, Decathlon, ${companies}`,
        25,
      ),
      names(
        'bare company',
        'Établissements {surname}, {surname} et Fils, Transports {surname}, Imprimerie {surname}, Éditions {surname}, Brasserie {surname}, Laboratoires {surname}',
        25,
      ),
      names(
        'm body',
        "Conseil d' État, Sénat, Conseil régional {LOC.region:from}, Ministère de la Santé, Tribunal {LOC.big:de}, Parlement européen",
        25,
      ),
      names(
        'f body',
        "Commission européenne, Cour des comptes, Mairie {LOC.town:de}, Préfecture {LOC.big:de}, Assemblée nationale, Cour d' appel {LOC.big:de}",
        25,
      ),
      names(
        'm org',
        'Musée {LOC.town:de}, Institut {surname}, Théâtre {surname}, Secours populaire, Centre dramatique {LOC.city:de}, Lycée {surname}',
        25,
      ),
      names(
        'f org',
        'Fondation {surname}, Croix-Rouge, Bibliothèque nationale, Académie {LOC.big:de}, Société des amis {PER:de}, Association des habitants {LOC.town:de}, ONU, Unesco, Otan, Comédie-Française, Galerie {surname}',
        25,
      ),
      names(
        'm party',
        'Parti socialiste, Parti communiste, Front national, Parti radical, Mouvement démocrate, Parti libéral, Parti conservateur, Parti républicain, Parti québécois, Parti démocrate, Modem, Rassemblement national, Nouveau Centre',
      ),
      names(
        'f party',
        'Gauche unie, Droite populaire, Alliance verte, Union du centre, Coalition citoyenne, France insoumise, Démocratie chrétienne, Ligue savoisienne, Union démocratique bretonne, Alternative libertaire, Lutte ouvrière, Union libérale',
      ),
      names(
        'f union',
        'CGT, CFDT, Force ouvrière, Confédération paysanne, Fédération des enseignants, Coopérative laitière {LOC.region:from}, Union des pêcheurs {LOC.town:de}, Chambre syndicale {LOC.big:de}, Fédération des artisans {LOC.region:from}, FSU, Confédération du travail',
      ),
      names(
        'm media',
        'Monde, Figaro, Parisien, Progrès, Télégramme, Guardian, New York Times, Canard enchaîné, Courrier picard, Journal {LOC.big:de}, Courrier {LOC.big:de}, Point',
      ),
      names(
        'bare media',
        'Ouest-France, Libération, Le Devoir, Sud Ouest, Marianne, La Croix, Mediapart, El País, La Repubblica, Die Zeit, Radio {LOC.big}, Les Échos, Nice-Matin, Télérama, Europe 1',
      ),
    ],
    month: [
      names(
        '',
        'janvier, février, mars, avril, mai, juin, juillet, août, septembre, octobre, novembre, décembre',
      ),
    ],
    weekday: [names('', 'lundi, mardi, mercredi, jeudi, vendredi, samedi, dimanche')],
    job: [names('f', 'romancière, poétesse, philosophe, journaliste, historienne, traductrice, dramaturge')],
  },
  inflect,
  include: {
    countries: { except: [...territories, 'CD', 'AD', 'MK', 'KP', 'KR'] },
    worldCities: true,
    towns: [
      {
        country: 'FR',
        limit: 170,
        except: ['Cergy-Pontoise', 'Marcq-en-Barœul'],
      },
    ],
  },
});
