import { toCatalogueModel } from './row';
import type { CatalogueModel } from './wireModel';

const vendors = ['acme', 'borealis', 'cumulus', 'dynamo', 'equinox', 'foundry', 'granite', 'helios', 'iota'];
const families = ['swift', 'deep', 'coder', 'vision', 'mini'];

/** `count` models that differ in every column a picker shows; the same for the same `count`. */
export function syntheticModels(count: number): readonly CatalogueModel[] {
  return Array.from({ length: count }, (_, index) => {
    const vendor = vendors[index % vendors.length] ?? 'acme';
    const family = families[Math.floor(index / vendors.length) % families.length] ?? 'swift';
    const generation = Math.floor(index / (vendors.length * families.length)) + 1;
    const free = index % 11 === 10;
    const micros = (index % 40) + 1;
    return toCatalogueModel({
      id: `${vendor}/${family}-${generation}${free ? ':free' : ''}`,
      name: `${vendor[0]?.toUpperCase()}${vendor.slice(1)}: ${family} ${generation}${free ? ' (free)' : ''}`,
      created: 1_700_000_000 + index * 86_400,
      about: `Synthetic model ${index + 1} of ${count}.`,
      context: 8192 * ((index % 16) + 1),
      maxOutput: 4096 * ((index % 4) + 1),
      pricing: free
        ? { prompt: '0', completion: '0' }
        : {
            prompt: `0.000000${String(micros).padStart(2, '0')}`,
            completion: `0.00000${String(micros * 4).padStart(3, '0')}`,
          },
      inputs: index % 3 ? ['text'] : ['text', 'image'],
      tokenizer: 'Other',
      providers: ['DeepInfra'],
    });
  });
}
