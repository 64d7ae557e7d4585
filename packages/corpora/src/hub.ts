export { HubError } from './node/hub/errors.js';
export { type HubDataset, type HubOptions, type HubSplit, loadHub } from './node/hub/load-hub.js';
