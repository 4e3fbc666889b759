import { fit } from '../estimator/fit.mjs';

/** Fits the token estimator anew; `scripts/estimator/README.md` says what that takes. */
export const runTask = fit;
