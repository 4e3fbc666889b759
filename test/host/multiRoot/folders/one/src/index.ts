export const here = 'one';
