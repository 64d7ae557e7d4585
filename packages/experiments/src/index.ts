export { markdownResults, resultRows } from './results-table.js';
export { runTransfer, type LanguageData, type TransferResult, type TransferSetting } from './transfer.js';
