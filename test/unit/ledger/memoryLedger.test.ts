import { createMemoryLedgerParts } from '../../support/ledger/memoryLedger';
import { ledgerContract } from './contract';

ledgerContract('memory', createMemoryLedgerParts);
