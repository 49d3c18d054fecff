/// What every process of tg has: settings, logging, a beginning and an end.
@NullMarked
package tg.process;

import org.jspecify.annotations.NullMarked;
