export const here = 'two';
