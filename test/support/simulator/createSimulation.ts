import { builtInModels, Catalogue } from './catalogue/catalogue';
import { recordedModels } from './catalogue/recordedModels';
import { syntheticModels } from './catalogue/syntheticModels';
import type { CatalogueModel } from './catalogue/wireModel';
import { Traffic } from './replay/traffic';
import { Simulation } from './simulation';
import type { SimulatorOptions } from './simulator';

export function createSimulation(options: SimulatorOptions): Simulation {
  const traffic = options.trafficDir === undefined ? undefined : new Traffic(options.trafficDir);
  const models = [...chosenModels(options, traffic), ...(options.models ?? [])];
  return new Simulation(options, new Catalogue(models), traffic);
}

function chosenModels(options: SimulatorOptions, traffic: Traffic | undefined): readonly CatalogueModel[] {
  const { catalogue = 'builtIn' } = options;
  if (catalogue === 'builtIn') return builtInModels();
  if (catalogue !== 'recorded') return syntheticModels(catalogue.synthetic);
  if (!traffic) throw new Error('The recorded catalogue needs trafficDir');
  return recordedModels(JSON.parse(traffic.catalogue()));
}
