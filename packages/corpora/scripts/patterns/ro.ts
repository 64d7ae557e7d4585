import { definePatterns, names } from './format.js';
import { clubs, companies, territories } from './romance.js';

/** Countries that are not feminine: their genitive adds -ului. */
const masculine = new Set(
  'Egipt, Iran, Irak, Liban, Nepal, Vietnam, Pakistan, Afganistan, Kazahstan, Azerbaidjan, Maroc, Mexic, Luxemburg, Qatar, Senegal, Sudan, Yemen, Ciad, Cipru, Israel, Belarus, Muntenegru, Kuweit, Ecuador, Uruguay, Paraguay, Bangladesh, Camerun, Gabon, Niger, Mozambic, Uzbekistan, Turkmenistan, Tadjikistan, Kârgâzstan, Bhutan, Benin, Oman'.split(
    ', ',
  ),
);

const plural: Readonly<Record<string, string>> = {
  'Statele Unite ale Americii': 'Statelor Unite ale Americii',
  'Țările de Jos': 'Țărilor de Jos',
  'Emiratele Arabe Unite': 'Emiratelor Arabe Unite',
  'Regatul Unit': 'Regatului Unit',
  'Republica Moldova': 'Republicii Moldova',
  'Coreea de Nord': 'Coreei de Nord',
  'Coreea de Sud': 'Coreei de Sud',
  'Macedonia de Nord': 'Macedoniei de Nord',
  'Africa de Sud': 'Africii de Sud',
  'Arabia Saudită': 'Arabiei Saudite',
  'Noua Zeelandă': 'Noii Zeelande',
  'Bosnia și Herțegovina': 'Bosniei și Herțegovinei',
  Filipine: 'Filipinelor',
  Maldive: 'Maldivelor',
  Eritreea: 'Eritreei',
  Guineea: 'Guineei',
};

/** Elena, Elenei; Maria, Mariei; Anca, Ancăi. */
const feminineGenitive = (name: string): string | undefined =>
  /[cg]a$/u.test(name) ? `${name.slice(0, -1)}ăi` : name.endsWith('a') ? `${name.slice(0, -1)}ei` : undefined;

function genitive(name: string, kind: string, tags: readonly string[]): string | undefined {
  if (kind === 'PER') {
    const [given = '', ...rest] = name.split(' ');
    const inflected = tags.includes('f') && rest.length > 0 ? feminineGenitive(given) : undefined;
    return inflected === undefined ? `lui [${name}]` : [inflected, ...rest].join(' ');
  }
  if (kind === 'LOC' && tags.includes('country')) {
    if (name in plural) return plural[name];
    if (masculine.has(name)) return name.endsWith('u') ? `${name}lui` : `${name}ului`;
    return /^\p{L}+[^cg]a$/u.test(name) ? feminineGenitive(name) : undefined;
  }
  if (kind === 'ORG' && (tags.includes('club') || tags.includes('company'))) return `lui [${name}]`;
  return undefined;
}

/** Romanian. The form `gen` is the genitive and dative: României, Universității din Iași, Mariei Popescu, lui Ion Popescu. */
export default definePatterns({
  language: 'ro',
  cases: ['base', 'gen'],
  train: [
    '{PER} s- a născut la {LOC.town} , în {YEAR} , într- o familie de țărani .',
    'primarul din {LOC.town} , {PER.m} , a cerut ajutorul {ORG.body:gen} .',
    '{ORG.club} a învins -o pe {ORG.club} cu {NUMBER} la {NUMBER} .',
    'potrivit ziarului {ORG.media} , ministrul {PER.m} va demisiona în {month} .',
    '„ Nu ne așteptam la așa ceva ” , a spus {PER} la ieșirea din sală .',
    '{ORG.company} va închide fabrica din {LOC.town} și va concedia {BIG} de oameni .',
    'după ce a terminat dreptul la {LOC.big} , {PER.m} a plecat în {LOC.country} .',
    '{job.f} {PER.f} a lansat un nou volum de versuri la {LOC.city} .',
    'ninsorile au blocat mai multe drumuri din nordul țării .',
    'râul {LOC.river} trece prin {LOC.town} și se varsă în Dunăre .',
    'polițiștii au prins un bărbat de {AGE} de ani care fura din casele din {LOC.town} .',
    'cercetătorii {ORG.uni:gen} au descoperit o specie necunoscută .',
    '{PER.f} , sora {PER:gen} , a donat tablourile {ORG.org:gen} .',
    'trenul de la {LOC.city} ajunge la {LOC.city} cu două ore întârziere .',
    'Consiliul se va întruni din nou după Paște .',
    '{ORG.party} va sprijini candidatul {ORG.party:gen} .',
    'elev al {PER.m:gen} , {PER.m} a pictat biserica din {LOC.town} .',
    'în {YEAR} trupele {LOC.country:gen} au ocupat orașul .',
    'antrenorul de la {ORG.club} se bazează pe {PER.lone} și pe {PER.lone} .',
    'de Crăciun mâncăm prea mult , spun medicii .',
    'între {LOC.city} și {LOC.city} sunt {BIG} de kilometri .',
    'tenorul {PER.lone} va cânta la {LOC.city} în folosul săracilor .',
    '{ORG.org} a deschis o expoziție despre {PER} și {PER} .',
    'exporturile către {LOC.country} au crescut cu {NUMBER} la sută .',
    'ce a mai rămas din cetatea {LOC.big:gen} ?',
    'președintele {LOC.country:gen} s- a întâlnit cu {PER} la {LOC.city} .',
    '{PER.m} , liderul {ORG.union:gen} , anunță grevă generală .',
    'Evul Mediu a lăsat puține urme în sat .',
    '{ORG.company} a cumpărat {ORG.company} în {YEAR.recent} .',
    'părintele {PER.lone} slujește la {LOC.town} de treizeci de ani .',
    'ninge în {LOC.region} , iar în {LOC.region} plouă .',
    'directorul postului {ORG.media} , {PER.m} , l- a dat în judecată pe {PER.lone} .',
    's- au căsătorit la {LOC.town} și au emigrat în {LOC.country} .',
    'un grup de studenți din {LOC.city} a vizitat sediul {ORG.org:gen} .',
    'nimeni nu l- a mai văzut pe {PER.lone} după război .',
    'vinurile din {LOC.region} se vând bine în {LOC.country} .',
    'la congres au vorbit {PER} , {PER} și profesorul {PER.lone} .',
    'bursa a scăzut , iar euro s- a apreciat .',
    'casa a fost vândută {ORG.body:gen} de urmașii {PER:gen} .',
    'Luni dimineață școlile vor fi închise .',
    '{LOC.country} a câștigat bronzul la Jocurile Olimpice .',
    'oierii din {LOC.region} protestează în fața {ORG.body:gen} .',
    'i s- a spus Tăcutul , pentru că vorbea puțin .',
    'istoria {LOC.region:gen} a fost scrisă de {PER} , [fost deputat al/fostă deputată a] {ORG.party:gen} .',
    'avocatul {PER.m} va apăra familia în fața {ORG.body:gen} .',
    'ministra {PER.f} va merge în {LOC.country} și în {LOC.country} .',
    'judecătorul {PER.lone} l- a trimis la închisoare pe trezorierul {ORG.party:gen} .',
    'pentru {PER} , înfrângerea echipei {ORG.club} nu este o surpriză .',
    'cu sprijinul {PER:gen} , {ORG.org} a deschis o școală la {LOC.town} .',
    '{LOC.country} își închide granițele până în luna {month} .',
    'ambasadorii {LOC.country:gen} și {LOC.country:gen} au cinat cu {PER.lone} .',
    '{PER} a condus ziarul {ORG.media} între {YEAR} și {YEAR} .',
    'doctorul {PER.lone} îi îngrijea pe săracii din {LOC.town} .',
    'teza {PER.f:gen} tratează istoria {ORG.union:gen} .',
    'formația va cânta la {LOC.city} , {LOC.city} și {LOC.city} .',
    'acord între {ORG.body} și {ORG.company} pentru curățarea râului {LOC.river} .',
  ],
  dev: [
    'actrița {PER.f} va fi invitata festivalului de la {LOC.city} .',
    'locuitorii din {LOC.town} vor o șosea nouă .',
    '{ORG.party} a pierdut alegerile în {LOC.region} .',
    'portarul {PER.lone} pleacă de la {ORG.club} .',
    'toamna vine devreme la munte .',
    '{ORG.company} va deschide un birou în {LOC.country} .',
    'rectorul {ORG.uni:gen} este {PER.m} .',
    'Sfântul Nicolae aduce daruri copiilor cuminți .',
    'o scrisoare a {PER.f:gen} a fost găsită la {LOC.city} .',
    '{ORG.body} verifică banii {ORG.union:gen} .',
  ],
  test: [
    'arhitectul {PER.m} a proiectat gara din {LOC.city} .',
    '{ORG.org} a primit {NUMBER} de scrisori semnate de {PER} .',
    'o alunecare de teren a izolat satele {LOC.town} și {LOC.town} .',
    '{LOC.country} și {LOC.country} au semnat pacea în {YEAR} .',
    'navigatorul {PER.lone} a plecat fără să anunțe pe nimeni .',
    'sondajele dau câștigătoare {ORG.party} în {LOC.region} .',
    'Bună ziua , doamnă {PER.lone} , zise poștașul .',
    'angajații de la {ORG.company} s- au întors {weekday} la lucru .',
    'luna plină lumina acoperișurile .',
    'fără {PER.lone} , {ORG.club} riscă retrogradarea .',
    'medic la {LOC.town} , {PER.m} a descoperit leacul în {YEAR} .',
    'de la {LOC.city} transmite pentru {ORG.media} {PER.f} .',
    'nici {ORG.body} , nici {ORG.body} nu au răspuns .',
    'la nord de {LOC.region} curge {LOC.river} .',
    'Capra cu trei iezi este o poveste pentru copii .',
    'fratele său , {PER.m} , conducea filiala firmei {ORG.company} din {LOC.country} .',
    'o cursă venită din {LOC.city} a aterizat de urgență la {LOC.city} .',
    'abia în {YEAR} a avut și orașul {LOC.town} gară .',
    'mii de membri ai {ORG.union:gen} au mărșăluit prin {LOC.city} .',
    '{PER} îi ia locul {PER:gen} la conducerea {ORG.org:gen} .',
    'Pământul se rotește în jurul Soarelui .',
    'a predat greaca la {ORG.uni} până la moartea profesorului {PER.lone} .',
    'când s- a întors din {LOC.country} , {PER.f} nu mai cunoștea pe nimeni .',
    'granițele {LOC.country:gen} au fost închise la cererea {ORG.body:gen} .',
    'jurnalista {PER.f} scrie la {ORG.media} din {YEAR.recent} .',
    'procurorul îl acuză pe {PER.lone} că a luat bani de la {ORG.company} .',
    'o navă sub pavilionul {LOC.country:gen} a eșuat în fața plajei .',
    'jucătoarele de la {ORG.club} au ridicat cupa la {LOC.city} .',
    'a rămas fidel {ORG.party:gen} până la moarte .',
    'străzile din {LOC.town} sunt pline de lume în august .',
    'directorul {ORG.org:gen} , {PER.m} , a închis ședința .',
    'cine era de fapt {PER.lone} ?',
  ],
  persons: [
    { shape: '{given} {surname}', weight: 8, name: 'full' },
    { shape: '{surname}', weight: 2.5, name: 'lone' },
  ],
  avoid: [
    'Ion Iliescu',
    'Adrian Năstase',
    'Mircea Cărtărescu',
    'Octavian Goga',
    'Ana Blandiana',
    'Lucian Blaga',
    'Emil Constantinescu',
    'Gheorghe Popescu',
    'Gheorghe Hagi',
    'Victor Ponta',
    'Adrian Mutu',
    'Radu Beligan',
    'Ion Antonescu',
    'Mihai Antonescu',
    'Teodor Mihai',
    'Vasile Goga',
    'Constantin Dăscălescu',
    'Dan Barna',
    'Crin Antonescu',
    'Corneliu Codreanu',
    'Mihai Tudose',
    'Eugen Ionescu',
    'Dan Petrescu',
    'Florin Cîțu',
    'Ilie Năstase',
    'Mihai Popa',
    'Dan Voiculescu',
    'Viorica Dăncilă',
    'Ilie Dumitrescu',
    'Florin Piersic',
    'Lucian Bode',
    'Nicolae Ceaușescu',
    'Elena Ceaușescu',
  ],
  names: {
    given: [
      names(
        'm',
        'Ion, Gheorghe, Vasile, Nicolae, Constantin, Mihai, Andrei, Alexandru, Ștefan, Dumitru, Florin, Marian, Cristian, Adrian, Radu, Vlad, Bogdan, Sorin, Marius, Daniel, Ionuț, Gabriel, Cătălin, Răzvan, Liviu, Octavian, Mircea, Petre, Pavel, Ilie, Traian, Aurel, Emil, Eugen, Corneliu, Horia, Tudor, Matei, Luca, Victor, Virgil, Valeriu, Iulian, Ovidiu, Grigore, Costin, Călin, Dragoș, Silviu, Teodor, Toma, Iosif, Lucian, Dan, Doru, Relu',
      ),
      names(
        'f',
        'Maria, Elena, Ioana, Ana, Andreea, Mihaela, Cristina, Daniela, Alexandra, Gabriela, Nicoleta, Mariana, Georgeta, Florentina, Carmen, Rodica, Viorica, Simona, Raluca, Alina, Diana, Irina, Laura, Monica, Oana, Roxana, Ruxandra, Sanda, Silvia, Sofia, Teodora, Valentina, Veronica, Victoria, Adriana, Anca, Aurelia, Bianca, Camelia, Corina, Doina, Ecaterina, Floarea, Iulia, Ileana, Lavinia, Liliana, Lucia, Magdalena, Margareta, Olga, Paula, Smaranda, Tatiana, Violeta, Zoe',
      ),
    ],
    surname: [
      names(
        '',
        'Popescu, Ionescu, Popa, Radu, Dumitru, Stan, Stoica, Gheorghe, Matei, Ciobanu, Rusu, Constantin, Munteanu, Marin, Lazăr, Dobre, Moldovan, Dumitrescu, Florea, Ilie, Mihai, Oprea, Tudor, Manole, Nistor, Toma, Ene, Sandu, Barbu, Nica, Neagu, Dinu, Șerban, Iordache, Voicu, Tănase, Cristea, Vasile, Avram, Georgescu, Stanciu, Dragomir, Petrescu, Enache, Bălan, Cojocaru, Roman, Manea, Nedelcu, Diaconu, Olteanu, Ungureanu, Grigore, Stănescu, Vlad, Zamfir, Anghel, Albu, Pop, Mureșan, Rus, Bucur, Filip, Crăciun, Bratu, Ursu, Vasilescu, Cozma, Lungu, Puiu, Sârbu, Marinescu, Mocanu, Dobrescu, Negrea, Codreanu, Crețu, Drăgan, Apostol, Antonescu, Bogdan, Cernat, Chiriac, Coman, Croitoru, Dascălu, Fieraru, Gavrilă, Hanganu, Iliescu, Luca, Mitrea, Năstase, Oancea, Pârvu, Pavel, Preda, Rădulescu, Rotaru, Sava, Simion, Suciu, Trifan, Țurcanu, Văduva, Zaharia, Bejan, Blaga, Cărtărescu, Goga, Hașdeu, Kovács, Nagy',
      ),
    ],
    LOC: [
      names(
        'city big',
        'București/Bucureștiului, Cluj/Clujului, Iași/Iașiului, Timișoara/Timișoarei, Craiova/Craiovei, Constanța/Constanței, Sibiu/Sibiului, Oradea/Oradei, Brașov/Brașovului, Galați/Galațiului, Ploiești/Ploieștiului, Bacău/Bacăului, Suceava/Sucevei, Chișinău/Chișinăului, Buzău/Buzăului, Pitești/Piteștiului, Arad/Aradului, Paris/Parisului, Londra/Londrei, Viena/Vienei, Berlin/Berlinului, Roma/Romei, Moscova/Moscovei, Cernăuți/Cernăuțiului, Budapesta/Budapestei, Sofia/Sofiei, Padova/Padovei, Lisabona/Lisabonei, Geneva/Genevei, Milano',
      ),
      names(
        'region',
        'Transilvania/Transilvaniei, Moldova/Moldovei, Muntenia/Munteniei, Oltenia/Olteniei, Dobrogea/Dobrogei, Banat/Banatului, Bucovina/Bucovinei, Crișana/Crișanei, Maramureș/Maramureșului, Ardeal/Ardealului, Basarabia/Basarabiei, Vrancea/Vrancei, Țara Bârsei/Țării Bârsei, Țara Hațegului/Țării Hațegului, Țara Oașului/Țării Oașului, Catalonia/Cataloniei, Galicia/Galiciei, Andaluzia/Andaluziei, Toscana/Toscanei, Lombardia/Lombardiei, Bavaria/Bavariei, Scoția/Scoției, Normandia/Normandiei, Provence, Siberia/Siberiei, California/Californiei, Sicilia/Siciliei, Ialomița/Ialomiței, Gorj/Gorjului, Harghita/Harghitei, Bihor/Bihorului, Teleorman/Teleormanului, Neamț/Neamțului',
      ),
      names(
        'river',
        'Olt, Mureș, Siret, Prut, Argeș, Someș, Jiu, Dâmbovița, Bega, Timiș, Nistru, Trotuș, Arieș, Cerna, Vedea, Bistrița, Jijia, Crișul Alb, Crișul Negru, Ialomicioara, Târnava Mare, Târnava Mică, Buzăul, Tisa',
      ),
    ],
    ORG: [
      // A club goes by its town's name too.
      names('m club', '{LOC.town}', 10),
      names(
        'f uni',
        'Universitatea din {LOC.big}/Universității din {LOC.big}, Universitatea de Medicină din {LOC.big}/Universității de Medicină din {LOC.big}, Academia de Muzică din {LOC.big}/Academiei de Muzică din {LOC.big}, Facultatea de Drept din {LOC.big}/Facultății de Drept din {LOC.big}, Școala de Arte din {LOC.town}/Școlii de Arte din {LOC.town}',
      ),
      names(
        'm club',
        `Dinamo, Rapid, Farul, Petrolul, Oțelul, Universitatea Cluj, Sepsi, Poli Timișoara, Gloria, Jiul, Ceahlăul, Hermannstadt, Voluntari, ${clubs}`,
      ),
      names(
        'm club',
        'CSM {LOC.town}, FC {LOC.town}, Unirea {LOC.town}, Viitorul {LOC.town}, Minerul {LOC.town}',
        24,
      ),
      names(
        'f company',
        `Dacia, Petrom, Electrica, Rompetrol, Romgaz, Tarom, Bitdefender, Dedeman, Transgaz, Hidroelectrica, Arctic, ${companies}`,
        25,
      ),
      names(
        'f company',
        'Grupul {surname}, Editura {surname}, Construcții {surname}, {surname} și Fiii, Viile {surname}, Morăria {surname}, Tipografia {surname}',
        25,
      ),
      names(
        'm body',
        'Ministerul Sănătății/Ministerului Sănătății, Consiliul Județean {LOC.big}/Consiliului Județean {LOC.big}, Senatul/Senatului, Parlamentul European/Parlamentului European, Tribunalul {LOC.big}/Tribunalului {LOC.big}, Guvernul României/Guvernului României',
        25,
      ),
      names(
        'f body',
        'Primăria {LOC.town}/Primăriei {LOC.town}, Prefectura {LOC.big}/Prefecturii {LOC.big}, Curtea de Apel {LOC.big}/Curții de Apel {LOC.big}, Banca Națională/Băncii Naționale, Comisia Europeană/Comisiei Europene, Camera Deputaților/Camerei Deputaților, Curtea Constituțională/Curții Constituționale',
        25,
      ),
      names(
        'm org',
        'Muzeul de Artă din {LOC.big}/Muzeului de Artă din {LOC.big}, Teatrul Național din {LOC.big}/Teatrului Național din {LOC.big}, Institutul {surname}/Institutului {surname}, Muzeul Satului/Muzeului Satului, Liceul {PER.full}/Liceului {PER.full}, Ateneul din {LOC.town}/Ateneului din {LOC.town}',
        25,
      ),
      names(
        'f org',
        'Fundația {surname}/Fundației {surname}, Crucea Roșie/Crucii Roșii, Academia Română/Academiei Române, Societatea {surname}/Societății {surname}, Biblioteca Națională/Bibliotecii Naționale, Filarmonica din {LOC.big}/Filarmonicii din {LOC.big}, Episcopia {LOC.big:gen}/Episcopiei {LOC.big:gen}, Asociația Salvați {LOC.town}/Asociației Salvați {LOC.town}',
        25,
      ),
      names(
        'm party',
        'Partidul Social Democrat/Partidului Social Democrat, Partidul Național Liberal/Partidului Național Liberal, Partidul Comunist/Partidului Comunist, Partidul Conservator/Partidului Conservator, Partidul Democrat/Partidului Democrat, Partidul Republican/Partidului Republican, Partidul Țărănesc/Partidului Țărănesc, Partidul Socialist/Partidului Socialist, Blocul Unității/Blocului Unității, Partidul Ecologist/Partidului Ecologist, Partidul Radical/Partidului Radical, Frontul Salvării/Frontului Salvării',
      ),
      names(
        'f party',
        'Uniunea Salvați România/Uniunii Salvați România, Uniunea Democrată Maghiară/Uniunii Democrate Maghiare, Alianța Verde/Alianței Verzi, Mișcarea Populară/Mișcării Populare, Forța Dreptei/Forței Dreptei, Liga Apărării/Ligii Apărării, Alternativa Civică/Alternativei Civice, Stânga Unită/Stângii Unite, Coaliția Cetățenilor/Coaliției Cetățenilor, Convenția Democrată/Convenției Democrate',
      ),
      names(
        'm union',
        'Sindicatul Minerilor/Sindicatului Minerilor, Blocul Național Sindical/Blocului Național Sindical, Sindicatul Liber din {LOC.town}/Sindicatului Liber din {LOC.town}, Sindicatul Feroviarilor/Sindicatului Feroviarilor, Sindicatul Profesorilor/Sindicatului Profesorilor, Cartelul Alfa/Cartelului Alfa',
      ),
      names(
        'f union',
        'Frăția/Frăției, Federația Sanitas/Federației Sanitas, Cooperativa Agricolă din {LOC.town}/Cooperativei Agricole din {LOC.town}, Asociația Oierilor din {LOC.region}/Asociației Oierilor din {LOC.region}, Uniunea Scriitorilor/Uniunii Scriitorilor, Confederația Muncii/Confederației Muncii, Federația Petroliștilor/Federației Petroliștilor',
      ),
      names(
        'bare media',
        'Adevărul, România liberă, Evenimentul zilei, Gândul, Libertatea, Jurnalul Național, Cotidianul, Ziarul de {LOC.big}, Radio {LOC.big}, Le Monde, The Guardian, El País, Dilema veche, Monitorul de {LOC.big}, Observator cultural, Gazeta Sporturilor, Digi24, ProSport, Die Zeit, Corriere della Sera, Scânteia, Viața Românească, Timpul, Contrafort',
      ),
    ],
    month: [
      names(
        '',
        'ianuarie, februarie, martie, aprilie, mai, iunie, iulie, august, septembrie, octombrie, noiembrie, decembrie',
      ),
    ],
    weekday: [names('', 'luni, marți, miercuri, joi, vineri, sâmbătă, duminică')],
    job: [names('f', 'scriitoarea, poeta, jurnalista, profesoara, eseista, traducătoarea, istorica')],
  },
  inflect: (name, form, { kind, tags }) => (form === 'gen' ? genitive(name, kind, tags) : undefined),
  include: {
    countries: { except: [...territories, 'RO', 'VA', 'SX', 'MF'] },
    worldCities: true,
    towns: [
      {
        country: 'RO',
        limit: 150,
        except: ['Bucharest', 'Roman', 'Vulcan', 'Ovidiu', 'Brad', 'Cluj-Napoca'],
      },
      { country: 'MD', limit: 22, except: ['Chisinau', 'Bender', 'Bilicenii Vechi', 'Slobozia'] },
    ],
  },
});
