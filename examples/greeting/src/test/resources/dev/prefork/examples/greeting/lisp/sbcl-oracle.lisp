;;;; Answers data as the original's server would: reads "LENGTH newline OCTETS" from standard input and writes the same shape, with
;;;; the datum as ~S prints it, or ERROR. Started by SbclDifferentialIT.
(require :sb-bsd-sockets)
(defpackage :prefork-example-simple (:use :cl :sb-bsd-sockets))
(in-package :prefork-example-simple)

(defvar *in* (sb-sys:make-fd-stream 0 :element-type '(unsigned-byte 8) :buffering :full :input t))
(defvar *out* (sb-sys:make-fd-stream 1 :element-type '(unsigned-byte 8) :buffering :full :output t))

(defun length-prefix ()
  (loop with n = 0
        for b = (read-byte *in* nil nil)
        do (cond ((null b) (return nil))
                 ((= b 10) (return n))
                 (t (setf n (+ (* n 10) (- b 48)))))))

(defun answer (octets)
  (handler-bind ((warning #'muffle-warning))
    (handler-case
        (let* ((text (sb-ext:octets-to-string octets :external-format :utf-8))
               (datum (with-input-from-string (stream text)
                        (let ((*read-eval* nil)
                              (*features* '(:sbcl :unix :linux :common-lisp :ansi-cl)))
                          (read stream)))))
          (format nil "~S" datum))
      (serious-condition () "ERROR"))))

(loop for n = (length-prefix)
      while n
      do (let ((octets (make-array n :element-type '(unsigned-byte 8))))
           (read-sequence octets *in*)
           (let ((out (sb-ext:string-to-octets (answer octets) :external-format :utf-8)))
             (write-sequence (map 'vector #'char-code (format nil "~D~%" (length out))) *out*)
             (write-sequence out *out*))))
(finish-output *out*)
