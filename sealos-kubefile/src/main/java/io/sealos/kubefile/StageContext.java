package io.sealos.kubefile;

import java.util.List;
import java.util.Map;

/** The state that the stages of an evaluation share. They read the sources and options, and add to the rest. */
record StageContext(
        StageSource source,
        List<StageSource> sources,
        Map<String, Stage> done,
        BuildOptions options,
        Problems problems,
        Problems warnings,
        List<TraceEntry> trace,
        Expansion.Limit limit) {}
