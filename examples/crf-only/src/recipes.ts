/** Lines of recipes, each word with its tag: an amount, a unit, the ingredient, or none of these. */
export const annotated = [
  '2/AMOUNT cups/UNIT of/O flour/INGREDIENT',
  '3/AMOUNT eggs/INGREDIENT',
  'half/AMOUNT a/AMOUNT cup/UNIT of/O warm/O milk/INGREDIENT',
  '1/AMOUNT tablespoon/UNIT olive/INGREDIENT oil/INGREDIENT',
  'a/AMOUNT pinch/UNIT of/O salt/INGREDIENT',
  '250/AMOUNT grams/UNIT of/O soft/O butter/INGREDIENT',
  '4/AMOUNT large/O onions/INGREDIENT',
  'two/AMOUNT cloves/UNIT of/O garlic/INGREDIENT',
  '1/AMOUNT litre/UNIT vegetable/INGREDIENT stock/INGREDIENT',
  'some/AMOUNT fresh/O parsley/INGREDIENT',
  '500/AMOUNT grams/UNIT ripe/O tomatoes/INGREDIENT',
  'a/AMOUNT teaspoon/UNIT of/O brown/INGREDIENT sugar/INGREDIENT',
];
