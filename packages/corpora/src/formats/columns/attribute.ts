/** The value of a key in `Key=Value|Key=Value`; '' where it is not there. */
export function attributeOf(field: string, key: string): string {
  for (const pair of field.split('|')) {
    if (pair.startsWith(`${key}=`)) return pair.slice(key.length + 1);
  }
  return '';
}
