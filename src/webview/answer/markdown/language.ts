/** The word of a fence's info string that names its language. */
export const languageOf = (info: string): string => /^[^\s{,:]+/.exec(info.trim())?.[0] ?? '';
