### What the facilitator has at hand.

panel-head = ## Facilitator
    {""}**{ $step }**
    Step { $number } of { $count } · { $time }
panel-people = { $taking_part } take part{ $listening ->
        [0] .
       *[other] , { $listening } listen.
    }
panel-more-head = ## More
    Skipping goes on although something is missing. Nothing that was written is lost.
panel-end = ## End it here?
    Nothing more is asked of anyone. The presenter keeps what there is, as a handout if you like.
more-time-done = Two more minutes. { $minutes ->
        [0] There is nothing left to take more from; what comes after belongs to the presenter.
       *[other] They come out of the talk; { $minutes } more could. The end stays where it is.
    }
handed-over = { $facilitator } facilitates from here. Thank you.
take-over = ## Nobody facilitates just now
    Nothing has been heard from the facilitator for a while, or nobody took it yet. Any of you can take over.
weekday-date = { $weekday }, { $day } { $month }, { $time }
weekday-1 = Monday
weekday-2 = Tuesday
weekday-3 = Wednesday
weekday-4 = Thursday
weekday-5 = Friday
