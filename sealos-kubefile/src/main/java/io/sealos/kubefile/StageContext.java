package io.sealos.kubefile;

import java.util.List;
import java.util.Map;

/** What the evaluation of a stage reads and adds to. */
record StageContext(
        StageSource source,
        List<StageSource> sources,
        Map<String, Stage> done,
        BuildOptions options,
        Problems problems,
        Problems warnings,
        List<TraceEntry> trace,
        ExpansionLimit limit) {}
