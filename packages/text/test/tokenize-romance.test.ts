import { describe, test } from 'vitest';
import { expectTokens } from './expectations.js';

describe('French', () => {
  test.each([
    ["l'Église d'Espagne", "l'|Église|d'|Espagne"],
    ['qu’il l’a dit jusqu’à l’été', 'qu’|il|l’|a|dit|jusqu’|à|l’|été'],
    ["Aujourd'hui, quelqu'un", "Aujourd'hui|,|quelqu'un"],
    ["d'aujourd'hui", "d'|aujourd'hui"],
    ['dit-il, a-t-elle, Est-ce', 'dit|-il|,|a|-t-elle|,|Est|-ce'],
    ["Qu'est-ce que c'est ?", "Qu'|est|-ce|que|c'|est|?"],
    ["l'«Express» et l’“Équipe”", "l'|«|Express|»|et|l’|“|Équipe|”"],
    ['un rendez-vous à Saint-Étienne-du-Rouvray', 'un|rendez-vous|à|Saint-Étienne-du-Rouvray'],
    ["O'Brien et McDonald's", "O'Brien|et|McDonald's"],
    ['M. Dupont, St. Jean, p. 12', 'M.|Dupont|,|St.|Jean|,|p.|12'],
    ["L ' Oréal l' homme", "L|'|Oréal|l'|homme"],
  ])('%s', (text, expected) => expectTokens('fr', text, expected));
});

describe('Italian', () => {
  test.each([
    ["dell'arte, un'amica, L’Aquila", "dell'|arte|,|un'|amica|,|L’|Aquila"],
    ["un po' di c'è", "un|po'|di|c'|è"],
    ["D'Alema, Sant'Ambrogio, O'Brien", "D'|Alema|,|Sant'|Ambrogio|,|O'Brien"],
    ["gli anni '90 e '68", "gli|anni|'90|e|'68"],
    ['La dott.ssa Rossi, il sig. Bianchi, S.p.A.', 'La|dott.ssa|Rossi|,|il|sig.|Bianchi|,|S.p.A.'],
    ["dell' arte", "dell'|arte"],
    ['mare. Il', 'mare|.|Il'],
    ['1.234,56 € al 3°', '1.234,56|€|al|3|°'],
  ])('%s', (text, expected) => expectTokens('it', text, expected));
});

describe('Catalan', () => {
  test.each([
    ["L'Hospitalet de l’Infant", "L'|Hospitalet|de|l’|Infant"],
    ["d'Els Segadors, s'ha", "d'|Els|Segadors|,|s'|ha"],
    ["anar-se'n, dóna'ls, fer-ho", "anar|-se|'n|,|dóna|'ls|,|fer|-ho"],
    ["donar-m'ho", "donar|-m'|ho"],
    ['mira-la i porta-la', 'mira|-la|i|porta|-la'],
    ["se'n va", "se|'n|va"],
    ["se 'n va", "se|'n|va"],
    ['paral·lel al Vila-real', 'paral·lel|al|Vila-real'],
    ['Castella-La Manxa i Mas-Colell', 'Castella-La|Manxa|i|Mas-Colell'],
    ['el Sr. Pujol, núm. 3', 'el|Sr.|Pujol|,|núm.|3'],
  ])('%s', (text, expected) => expectTokens('ca', text, expected));
});

describe('Romanian', () => {
  test.each([
    ['Într-o zi dintr-un sat', 'Într-|o|zi|dintr-|un|sat'],
    ['s-a dus, l-am văzut, n-are', 's-|a|dus|,|l-|am|văzut|,|n-|are'],
    ['luându-l, al 20-lea, SMS-uri', 'luându|-l|,|al|20|-lea|,|SMS|-uri'],
    ['S.U.A.-ul, CSM-ul', 'S.U.A.|-ul|,|CSM|-ul'],
    ['Cluj-Napoca, Popescu-Tăriceanu, Caraș-Severin', 'Cluj-Napoca|,|Popescu-Tăriceanu|,|Caraș-Severin'],
    ['d-na Ionescu, str. Lungă nr. 5', 'd-na|Ionescu|,|str.|Lungă|nr.|5'],
    ['cap. 3, dar din cap.', 'cap.|3|,|dar|din|cap|.'],
    ['s- a', 's-|a'],
    ['„Mihai” «Eminescu»', '„|Mihai|”|«|Eminescu|»'],
  ])('%s', (text, expected) => expectTokens('ro', text, expected));
});

describe('Spanish', () => {
  test.each([
    ['¿Qué? ¡Sí!', '¿|Qué|?|¡|Sí|!'],
    ["Castilla-La Mancha, Mossos d'Esquadra", "Castilla-La|Mancha|,|Mossos|d'Esquadra"],
    ['el Sr. García (EE.UU.) y D. Juan', 'el|Sr.|García|(|EE.UU.|)|y|D.|Juan'],
    ['En 2000 no. Luego, pág. 4', 'En|2000|no|.|Luego|,|pág.|4'],
    [
      'EFE-Cantabria, 3.000,50 pesetas, el 12/10/1999 a las 20:30',
      'EFE-Cantabria|,|3.000,50|pesetas|,|el|12/10/1999|a|las|20:30',
    ],
    ['J. L. Rodríguez etc.', 'J.|L.|Rodríguez|etc.'],
  ])('%s', (text, expected) => expectTokens('es', text, expected));
});

describe('Galician', () => {
  test.each([
    ["a lectura d'Os Lusíadas", "a|lectura|d'|Os|Lusíadas"],
    ['O BNG-CC.OO. e a S.A. de Vigo', 'O|BNG-CC|.|OO|.|e|a|S.A.|de|Vigo'],
    ['CC.OO. di que si.', 'CC.OO.|di|que|si|.'],
    ['palia-lo, ex-ministra, AP-9', 'palia-lo|,|ex-ministra|,|AP-9'],
    ['o 3º e a 5ª, un 20% (nº 4)', 'o|3º|e|a|5ª|,|un|20|%|(|nº|4|)'],
    ['O Sr. Beiras, a Sra. Pita, páx. 7', 'O|Sr.|Beiras|,|a|Sra.|Pita|,|páx.|7'],
    ['«A Nosa Terra»... e -- si', '«|A|Nosa|Terra|»|...|e|--|si'],
  ])('%s', (text, expected) => expectTokens('gl', text, expected));
});
