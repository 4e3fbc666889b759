/**
 * The weights that foretell `targets` best from `rows`: least squares of the error relative to each target.
 * Weighing large errors less again and again (for the median's sake) was tried: held-out files got worse.
 * @param {readonly { counts: Float64Array, importance: number }[]} rows
 * @param {readonly number[]} targets
 * @param {Float64Array} prior what a weight is without evidence
 * @returns {Float64Array}
 */
export function fitRelative(rows, targets, prior) {
  const places = rows.map(({ counts }) => nonZero(counts, prior.length));
  const importance = rows.map(
    (row, index) => row.importance / Math.max(targets[index] ?? 0, leastTarget) ** 2,
  );
  return solveWeighted(rows, places, targets, importance, prior);
}

/** Tokens: below that, one of them is too large a share. */
const leastTarget = 20;
/** How much evidence, in rows of average importance and weight, counts as much as what was assumed. */
const shrinkage = 3e-6;
const relativeShrinkage = 1e-4;

/** @param {Float64Array} counts @param {number} size */
const nonZero = (counts, size) => [...counts.subarray(0, size).keys()].filter(place => counts[place] !== 0);

/**
 * @param {readonly { counts: Float64Array, importance: number }[]} rows
 * @param {readonly (readonly number[])[]} places of each row that are not zero
 * @param {readonly number[]} targets
 * @param {readonly number[]} importance
 * @param {Float64Array} prior
 */
function solveWeighted(rows, places, targets, importance, prior) {
  const size = prior.length;
  const matrix = Array.from({ length: size }, () => new Float64Array(size));
  const right = new Float64Array(size);
  rows.forEach(({ counts }, index) => {
    const rest = (targets[index] ?? 0) - dot(prior, counts);
    const of = places[index] ?? [];
    of.forEach((place, position) => {
      const share = at(counts, place) * at(importance, index);
      right[place] = at(right, place) + share * rest;
      const line = matrix[place] ?? right;
      for (const other of of.slice(0, position + 1))
        line[other] = at(line, other) + share * at(counts, other);
    });
  });
  const evidence = rows.reduce((sum, row) => sum + row.importance, 0);
  matrix.forEach((line, place) => {
    line[place] = at(line, place) * (1 + relativeShrinkage) + shrinkage * evidence;
  });
  return solve(matrix, right).map((value, place) => value + at(prior, place));
}

/**
 * Solves `matrix` · x = `right` by Cholesky's decomposition; only the lower half of `matrix` is read, and lost.
 * @param {Float64Array[]} matrix symmetric, positive definite
 * @param {Float64Array} right
 */
function solve(matrix, right) {
  const size = right.length;
  const lines = matrix;
  for (let column = 0; column < size; column++) {
    const pivot = lines[column] ?? right;
    for (let index = 0; index < column; index++) pivot[column] = at(pivot, column) - at(pivot, index) ** 2;
    const root = Math.sqrt(Math.max(at(pivot, column), 1e-12));
    pivot[column] = root;
    for (const line of lines.slice(column + 1)) {
      let value = at(line, column);
      for (let index = 0; index < column; index++) value -= at(line, index) * at(pivot, index);
      line[column] = value / root;
    }
  }
  const solution = Float64Array.from(right);
  for (let index = 0; index < size; index++) {
    const line = lines[index] ?? right;
    for (let other = 0; other < index; other++) {
      solution[index] = at(solution, index) - at(line, other) * at(solution, other);
    }
    solution[index] = at(solution, index) / at(line, index);
  }
  for (let index = size - 1; index >= 0; index--) {
    for (let other = index + 1; other < size; other++) {
      solution[index] = at(solution, index) - at(lines[other] ?? right, index) * at(solution, other);
    }
    solution[index] = at(solution, index) / at(lines[index] ?? right, index);
  }
  return solution;
}

/** @param {Float64Array} weights @param {Float64Array} counts */
export function dot(weights, counts) {
  return weights.reduce((sum, weight, place) => sum + weight * at(counts, place), 0);
}

/** @param {ArrayLike<number>} values @param {number} index */
const at = (values, index) => values[index] ?? 0;
