/** The one place that says which browser the pages are tested in. */
export { launchBrowser } from '../workbench/browser';
