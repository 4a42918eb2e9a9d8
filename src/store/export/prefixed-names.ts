/** A record with a prefix before each name, as columns and metadata of exports have it: `factor:format`. */
export function prefixedNames(prefix: string, record: Readonly<Record<string, string>> = {}): Record<string, string> {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [`${prefix}${name}`, value]))
}
