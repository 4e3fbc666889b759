import { createMemoryLedgerParts } from '../../../src/core/money/memoryLedger';
import { ledgerContract } from './contract';

ledgerContract('memory', createMemoryLedgerParts);
