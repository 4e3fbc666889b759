/** Version 5: rows whose cost stays unknown go on holding their reservation; what is summed already is put right. */
export const unknownHolds = `
DROP TRIGGER addToSums;
DROP TRIGGER changeSums;
DROP TRIGGER takeFromSums;
CREATE TRIGGER addToSums AFTER INSERT ON requests BEGIN
INSERT INTO quarters SELECT new.startedAt / 900000, (1) AS requests,
    (iif(new.costState IN ('billed', 'settled', 'free'), coalesce(new.costPico, 0), 0)) AS spentPico,
    (iif(new.costState = 'estimated', coalesce(new.costPico, 0), 0)) AS estimatedPico,
    (new.costState = 'estimated') AS estimatedRequests, (new.costState = 'pending') AS pendingRequests,
    (iif(new.costState IN ('pending', 'unknown'), coalesce(new.reservedPico, 0), 0)) AS heldPico,
    (new.costState = 'unknown') AS unknownRequests, (coalesce(new.promptTokens, 0)) AS promptTokens,
    (coalesce(new.cachedTokens, 0)) AS cachedTokens, (coalesce(new.cacheWriteTokens, 0)) AS cacheWriteTokens,
    (coalesce(new.completionTokens, 0)) AS completionTokens,
    (coalesce(new.reasoningTokens, 0)) AS reasoningTokens WHERE true
  ON CONFLICT DO UPDATE SET requests = requests + excluded.requests,
      spentPico = spentPico + excluded.spentPico, estimatedPico = estimatedPico + excluded.estimatedPico,
      estimatedRequests = estimatedRequests + excluded.estimatedRequests,
      pendingRequests = pendingRequests + excluded.pendingRequests, heldPico = heldPico + excluded.heldPico,
      unknownRequests = unknownRequests + excluded.unknownRequests,
      promptTokens = promptTokens + excluded.promptTokens,
      cachedTokens = cachedTokens + excluded.cachedTokens,
      cacheWriteTokens = cacheWriteTokens + excluded.cacheWriteTokens,
      completionTokens = completionTokens + excluded.completionTokens,
      reasoningTokens = reasoningTokens + excluded.reasoningTokens;
INSERT INTO parts SELECT column1, new.startedAt / 86400000, column2, (1) AS requests,
    (iif(new.costState IN ('billed', 'settled', 'free'), coalesce(new.costPico, 0), 0)) AS spentPico,
    (iif(new.costState = 'estimated', coalesce(new.costPico, 0), 0)) AS estimatedPico,
    (new.costState = 'estimated') AS estimatedRequests, (new.costState = 'pending') AS pendingRequests,
    (iif(new.costState IN ('pending', 'unknown'), coalesce(new.reservedPico, 0), 0)) AS heldPico,
    (new.costState = 'unknown') AS unknownRequests, (coalesce(new.promptTokens, 0)) AS promptTokens,
    (coalesce(new.cachedTokens, 0)) AS cachedTokens, (coalesce(new.cacheWriteTokens, 0)) AS cacheWriteTokens,
    (coalesce(new.completionTokens, 0)) AS completionTokens,
    (coalesce(new.reasoningTokens, 0)) AS reasoningTokens
  FROM (VALUES ('model', coalesce(new.servedModel, new.requestedModel)),
      ('provider', coalesce(new.provider, '')), ('action', new.action),
      ('workspace', coalesce(new.workspace, '')), ('language', coalesce(new.languageId, ''))) WHERE true
  ON CONFLICT DO UPDATE SET requests = requests + excluded.requests,
      spentPico = spentPico + excluded.spentPico, estimatedPico = estimatedPico + excluded.estimatedPico,
      estimatedRequests = estimatedRequests + excluded.estimatedRequests,
      pendingRequests = pendingRequests + excluded.pendingRequests, heldPico = heldPico + excluded.heldPico,
      unknownRequests = unknownRequests + excluded.unknownRequests,
      promptTokens = promptTokens + excluded.promptTokens,
      cachedTokens = cachedTokens + excluded.cachedTokens,
      cacheWriteTokens = cacheWriteTokens + excluded.cacheWriteTokens,
      completionTokens = completionTokens + excluded.completionTokens,
      reasoningTokens = reasoningTokens + excluded.reasoningTokens;
 END;
CREATE TRIGGER changeSums AFTER UPDATE OF costState, costPico, reservedPico, promptTokens, cachedTokens,
    cacheWriteTokens, completionTokens, reasoningTokens, servedModel, provider ON requests BEGIN
INSERT INTO quarters SELECT old.startedAt / 900000, -(1) AS requests,
    -(iif(old.costState IN ('billed', 'settled', 'free'), coalesce(old.costPico, 0), 0)) AS spentPico,
    -(iif(old.costState = 'estimated', coalesce(old.costPico, 0), 0)) AS estimatedPico,
    -(old.costState = 'estimated') AS estimatedRequests, -(old.costState = 'pending') AS pendingRequests,
    -(iif(old.costState IN ('pending', 'unknown'), coalesce(old.reservedPico, 0), 0)) AS heldPico,
    -(old.costState = 'unknown') AS unknownRequests, -(coalesce(old.promptTokens, 0)) AS promptTokens,
    -(coalesce(old.cachedTokens, 0)) AS cachedTokens,
    -(coalesce(old.cacheWriteTokens, 0)) AS cacheWriteTokens,
    -(coalesce(old.completionTokens, 0)) AS completionTokens,
    -(coalesce(old.reasoningTokens, 0)) AS reasoningTokens WHERE true
  ON CONFLICT DO UPDATE SET requests = requests + excluded.requests,
      spentPico = spentPico + excluded.spentPico, estimatedPico = estimatedPico + excluded.estimatedPico,
      estimatedRequests = estimatedRequests + excluded.estimatedRequests,
      pendingRequests = pendingRequests + excluded.pendingRequests, heldPico = heldPico + excluded.heldPico,
      unknownRequests = unknownRequests + excluded.unknownRequests,
      promptTokens = promptTokens + excluded.promptTokens,
      cachedTokens = cachedTokens + excluded.cachedTokens,
      cacheWriteTokens = cacheWriteTokens + excluded.cacheWriteTokens,
      completionTokens = completionTokens + excluded.completionTokens,
      reasoningTokens = reasoningTokens + excluded.reasoningTokens;
INSERT INTO parts SELECT column1, old.startedAt / 86400000, column2, -(1) AS requests,
    -(iif(old.costState IN ('billed', 'settled', 'free'), coalesce(old.costPico, 0), 0)) AS spentPico,
    -(iif(old.costState = 'estimated', coalesce(old.costPico, 0), 0)) AS estimatedPico,
    -(old.costState = 'estimated') AS estimatedRequests, -(old.costState = 'pending') AS pendingRequests,
    -(iif(old.costState IN ('pending', 'unknown'), coalesce(old.reservedPico, 0), 0)) AS heldPico,
    -(old.costState = 'unknown') AS unknownRequests, -(coalesce(old.promptTokens, 0)) AS promptTokens,
    -(coalesce(old.cachedTokens, 0)) AS cachedTokens,
    -(coalesce(old.cacheWriteTokens, 0)) AS cacheWriteTokens,
    -(coalesce(old.completionTokens, 0)) AS completionTokens,
    -(coalesce(old.reasoningTokens, 0)) AS reasoningTokens
  FROM (VALUES ('model', coalesce(old.servedModel, old.requestedModel)),
      ('provider', coalesce(old.provider, '')), ('action', old.action),
      ('workspace', coalesce(old.workspace, '')), ('language', coalesce(old.languageId, ''))) WHERE true
  ON CONFLICT DO UPDATE SET requests = requests + excluded.requests,
      spentPico = spentPico + excluded.spentPico, estimatedPico = estimatedPico + excluded.estimatedPico,
      estimatedRequests = estimatedRequests + excluded.estimatedRequests,
      pendingRequests = pendingRequests + excluded.pendingRequests, heldPico = heldPico + excluded.heldPico,
      unknownRequests = unknownRequests + excluded.unknownRequests,
      promptTokens = promptTokens + excluded.promptTokens,
      cachedTokens = cachedTokens + excluded.cachedTokens,
      cacheWriteTokens = cacheWriteTokens + excluded.cacheWriteTokens,
      completionTokens = completionTokens + excluded.completionTokens,
      reasoningTokens = reasoningTokens + excluded.reasoningTokens;
INSERT INTO quarters SELECT new.startedAt / 900000, (1) AS requests,
    (iif(new.costState IN ('billed', 'settled', 'free'), coalesce(new.costPico, 0), 0)) AS spentPico,
    (iif(new.costState = 'estimated', coalesce(new.costPico, 0), 0)) AS estimatedPico,
    (new.costState = 'estimated') AS estimatedRequests, (new.costState = 'pending') AS pendingRequests,
    (iif(new.costState IN ('pending', 'unknown'), coalesce(new.reservedPico, 0), 0)) AS heldPico,
    (new.costState = 'unknown') AS unknownRequests, (coalesce(new.promptTokens, 0)) AS promptTokens,
    (coalesce(new.cachedTokens, 0)) AS cachedTokens, (coalesce(new.cacheWriteTokens, 0)) AS cacheWriteTokens,
    (coalesce(new.completionTokens, 0)) AS completionTokens,
    (coalesce(new.reasoningTokens, 0)) AS reasoningTokens WHERE true
  ON CONFLICT DO UPDATE SET requests = requests + excluded.requests,
      spentPico = spentPico + excluded.spentPico, estimatedPico = estimatedPico + excluded.estimatedPico,
      estimatedRequests = estimatedRequests + excluded.estimatedRequests,
      pendingRequests = pendingRequests + excluded.pendingRequests, heldPico = heldPico + excluded.heldPico,
      unknownRequests = unknownRequests + excluded.unknownRequests,
      promptTokens = promptTokens + excluded.promptTokens,
      cachedTokens = cachedTokens + excluded.cachedTokens,
      cacheWriteTokens = cacheWriteTokens + excluded.cacheWriteTokens,
      completionTokens = completionTokens + excluded.completionTokens,
      reasoningTokens = reasoningTokens + excluded.reasoningTokens;
INSERT INTO parts SELECT column1, new.startedAt / 86400000, column2, (1) AS requests,
    (iif(new.costState IN ('billed', 'settled', 'free'), coalesce(new.costPico, 0), 0)) AS spentPico,
    (iif(new.costState = 'estimated', coalesce(new.costPico, 0), 0)) AS estimatedPico,
    (new.costState = 'estimated') AS estimatedRequests, (new.costState = 'pending') AS pendingRequests,
    (iif(new.costState IN ('pending', 'unknown'), coalesce(new.reservedPico, 0), 0)) AS heldPico,
    (new.costState = 'unknown') AS unknownRequests, (coalesce(new.promptTokens, 0)) AS promptTokens,
    (coalesce(new.cachedTokens, 0)) AS cachedTokens, (coalesce(new.cacheWriteTokens, 0)) AS cacheWriteTokens,
    (coalesce(new.completionTokens, 0)) AS completionTokens,
    (coalesce(new.reasoningTokens, 0)) AS reasoningTokens
  FROM (VALUES ('model', coalesce(new.servedModel, new.requestedModel)),
      ('provider', coalesce(new.provider, '')), ('action', new.action),
      ('workspace', coalesce(new.workspace, '')), ('language', coalesce(new.languageId, ''))) WHERE true
  ON CONFLICT DO UPDATE SET requests = requests + excluded.requests,
      spentPico = spentPico + excluded.spentPico, estimatedPico = estimatedPico + excluded.estimatedPico,
      estimatedRequests = estimatedRequests + excluded.estimatedRequests,
      pendingRequests = pendingRequests + excluded.pendingRequests, heldPico = heldPico + excluded.heldPico,
      unknownRequests = unknownRequests + excluded.unknownRequests,
      promptTokens = promptTokens + excluded.promptTokens,
      cachedTokens = cachedTokens + excluded.cachedTokens,
      cacheWriteTokens = cacheWriteTokens + excluded.cacheWriteTokens,
      completionTokens = completionTokens + excluded.completionTokens,
      reasoningTokens = reasoningTokens + excluded.reasoningTokens;
 END;
CREATE TRIGGER takeFromSums AFTER DELETE ON requests BEGIN
INSERT INTO quarters SELECT old.startedAt / 900000, -(1) AS requests,
    -(iif(old.costState IN ('billed', 'settled', 'free'), coalesce(old.costPico, 0), 0)) AS spentPico,
    -(iif(old.costState = 'estimated', coalesce(old.costPico, 0), 0)) AS estimatedPico,
    -(old.costState = 'estimated') AS estimatedRequests, -(old.costState = 'pending') AS pendingRequests,
    -(iif(old.costState IN ('pending', 'unknown'), coalesce(old.reservedPico, 0), 0)) AS heldPico,
    -(old.costState = 'unknown') AS unknownRequests, -(coalesce(old.promptTokens, 0)) AS promptTokens,
    -(coalesce(old.cachedTokens, 0)) AS cachedTokens,
    -(coalesce(old.cacheWriteTokens, 0)) AS cacheWriteTokens,
    -(coalesce(old.completionTokens, 0)) AS completionTokens,
    -(coalesce(old.reasoningTokens, 0)) AS reasoningTokens WHERE true
  ON CONFLICT DO UPDATE SET requests = requests + excluded.requests,
      spentPico = spentPico + excluded.spentPico, estimatedPico = estimatedPico + excluded.estimatedPico,
      estimatedRequests = estimatedRequests + excluded.estimatedRequests,
      pendingRequests = pendingRequests + excluded.pendingRequests, heldPico = heldPico + excluded.heldPico,
      unknownRequests = unknownRequests + excluded.unknownRequests,
      promptTokens = promptTokens + excluded.promptTokens,
      cachedTokens = cachedTokens + excluded.cachedTokens,
      cacheWriteTokens = cacheWriteTokens + excluded.cacheWriteTokens,
      completionTokens = completionTokens + excluded.completionTokens,
      reasoningTokens = reasoningTokens + excluded.reasoningTokens;
INSERT INTO parts SELECT column1, old.startedAt / 86400000, column2, -(1) AS requests,
    -(iif(old.costState IN ('billed', 'settled', 'free'), coalesce(old.costPico, 0), 0)) AS spentPico,
    -(iif(old.costState = 'estimated', coalesce(old.costPico, 0), 0)) AS estimatedPico,
    -(old.costState = 'estimated') AS estimatedRequests, -(old.costState = 'pending') AS pendingRequests,
    -(iif(old.costState IN ('pending', 'unknown'), coalesce(old.reservedPico, 0), 0)) AS heldPico,
    -(old.costState = 'unknown') AS unknownRequests, -(coalesce(old.promptTokens, 0)) AS promptTokens,
    -(coalesce(old.cachedTokens, 0)) AS cachedTokens,
    -(coalesce(old.cacheWriteTokens, 0)) AS cacheWriteTokens,
    -(coalesce(old.completionTokens, 0)) AS completionTokens,
    -(coalesce(old.reasoningTokens, 0)) AS reasoningTokens
  FROM (VALUES ('model', coalesce(old.servedModel, old.requestedModel)),
      ('provider', coalesce(old.provider, '')), ('action', old.action),
      ('workspace', coalesce(old.workspace, '')), ('language', coalesce(old.languageId, ''))) WHERE true
  ON CONFLICT DO UPDATE SET requests = requests + excluded.requests,
      spentPico = spentPico + excluded.spentPico, estimatedPico = estimatedPico + excluded.estimatedPico,
      estimatedRequests = estimatedRequests + excluded.estimatedRequests,
      pendingRequests = pendingRequests + excluded.pendingRequests, heldPico = heldPico + excluded.heldPico,
      unknownRequests = unknownRequests + excluded.unknownRequests,
      promptTokens = promptTokens + excluded.promptTokens,
      cachedTokens = cachedTokens + excluded.cachedTokens,
      cacheWriteTokens = cacheWriteTokens + excluded.cacheWriteTokens,
      completionTokens = completionTokens + excluded.completionTokens,
      reasoningTokens = reasoningTokens + excluded.reasoningTokens;
 END;
UPDATE quarters SET heldPico = heldPico + held
  FROM (SELECT startedAt / 900000 AS unit, sum(reservedPico) AS held FROM requests r
    WHERE costState = 'unknown' AND reservedPico IS NOT NULL GROUP BY startedAt / 900000) WHERE quarter =
        unit;
UPDATE parts SET heldPico = heldPico + held
  FROM (SELECT startedAt / 86400000 AS unit, coalesce(r.servedModel, r.requestedModel) AS part,
      sum(reservedPico) AS held FROM requests r
    WHERE costState = 'unknown' AND reservedPico IS NOT NULL GROUP BY startedAt / 86400000,
        coalesce(r.servedModel, r.requestedModel))
  WHERE dimension = 'model' AND day = unit AND value = part;
UPDATE parts SET heldPico = heldPico + held
  FROM (SELECT startedAt / 86400000 AS unit, coalesce(r.provider, '') AS part,
      sum(reservedPico) AS held FROM requests r
    WHERE costState = 'unknown' AND reservedPico IS NOT NULL GROUP BY startedAt / 86400000,
        coalesce(r.provider, ''))
  WHERE dimension = 'provider' AND day = unit AND value = part;
UPDATE parts SET heldPico = heldPico + held
  FROM (SELECT startedAt / 86400000 AS unit, r.action AS part, sum(reservedPico) AS held FROM requests r
    WHERE costState = 'unknown' AND reservedPico IS NOT NULL GROUP BY startedAt / 86400000, r.action)
  WHERE dimension = 'action' AND day = unit AND value = part;
UPDATE parts SET heldPico = heldPico + held
  FROM (SELECT startedAt / 86400000 AS unit, coalesce(r.workspace, '') AS part,
      sum(reservedPico) AS held FROM requests r
    WHERE costState = 'unknown' AND reservedPico IS NOT NULL GROUP BY startedAt / 86400000,
        coalesce(r.workspace, ''))
  WHERE dimension = 'workspace' AND day = unit AND value = part;
UPDATE parts SET heldPico = heldPico + held
  FROM (SELECT startedAt / 86400000 AS unit, coalesce(r.languageId, '') AS part,
      sum(reservedPico) AS held FROM requests r
    WHERE costState = 'unknown' AND reservedPico IS NOT NULL GROUP BY startedAt / 86400000,
        coalesce(r.languageId, ''))
  WHERE dimension = 'language' AND day = unit AND value = part;
`;
