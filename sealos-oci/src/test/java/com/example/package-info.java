/** Programs of users, who have the public API only. */
@NullMarked
package com.example;

import org.jspecify.annotations.NullMarked;
