"""Why a plan is as it is: what each rule forbids, what each day would cost, and which small change would mend it."""
