export const here = 'third/one';
