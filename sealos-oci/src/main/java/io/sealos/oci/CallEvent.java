package io.sealos.oci;

/**
 * An event for the start or the end of a call of {@link ClusterImageBuilder#build}, {@link ClusterImage#writeTo},
 * {@link ClusterImage#saveRegistry} or {@link ClusterImage#resolve}, or of a verification. All other events of the call
 * are between the two.
 *
 * @since 0.1.0
 */
public sealed interface CallEvent extends BuildEvent permits CallEvent.Started, CallEvent.Ended {
    /** {@return the call, such as {@code write oci:out}} */
    String call();

    /**
     * The first event of a call.
     *
     * @param call the call
     */
    record Started(String call) implements CallEvent {
        @Override
        public String toString() {
            return "started to " + call;
        }
    }

    /**
     * The last event of a call.
     *
     * @param call the call
     * @param outcome how it ended. Unless it is complete, the call throws an exception
     */
    record Ended(String call, BuildOutcome outcome) implements CallEvent {
        /** {@return whether the call succeeded} */
        public boolean isComplete() {
            return outcome == BuildOutcome.COMPLETE;
        }

        @Override
        public String toString() {
            return switch (outcome) {
                case COMPLETE -> "completed to " + call;
                case FAILED -> "failed to " + call;
                case CANCELLED -> "cancelled to " + call;
            };
        }
    }
}
