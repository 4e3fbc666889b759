/**
 * A faithful OpenRouter on 127.0.0.1 for tests, benchmarks and demonstrations:
 *
 *     const simulator = await startSimulator();
 *     // …send requests to simulator.url with any key that starts with sk-or-v1-…
 *     assert.equal(totalOfTheLedger, simulator.bill.totalUsd());
 *     await simulator.dispose();
 *
 * `faults` lists what can be asked for; `keyBehaviours` which keys behave otherwise.
 */
export type { KeySettings } from './account/keys';
export { keyBehaviours } from './account/keys';
export type { Row } from './catalogue/row';
export { toCatalogueModel } from './catalogue/row';
export type { CatalogueModel, WireModel, WirePricing } from './catalogue/wireModel';
export type { Answer } from './chat/answer';
export type { Fault } from './faults/fault';
export { faultFamilies, faults } from './faults/faults';
export type { RecordedRequest } from './http/exchange';
export type { Reply } from './http/reply';
export type { Bill, BillEntry } from './money/bill';
export { formatPico, parseDecimal } from './money/decimal';
export { findTraffic } from './replay/findTraffic';
export { startSimulator } from './server';
export type { Endpoint, Script, Simulator, SimulatorOptions, Step, StreamEnd } from './simulator';
export type { Delivery } from './wire/delivery';
