pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Jinban
import "../theme"
import "../components"

// One case: where it stands, what is asked of the person, and the papers the authority signed.
GsPage {
    id: screen

    required property Kiosk kiosk
    readonly property CasesController cases: kiosk.cases
    readonly property ArrangedController arranged: kiosk.arranged

    title: GsWords.both(cases.itemName, cases.itemNameEn, GsTheme.english)
    busy: kiosk.visit.busy
    onBack: kiosk.visit.go("back")
    primaryText: cases.correctable ? qsTr("现在就补正") : ""
    primaryIcon: "edit"
    onPrimary: cases.correct()
    extras: [
        GsButton {
            objectName: "chooseAgain"
            visible: screen.arranged.toChooseAgain
            text: qsTr("换个时间")
            iconName: "calendar"
            onClicked: screen.arranged.chooseAgain()
        },
        GsButton {
            objectName: "payFee"
            visible: screen.arranged.payable
            text: qsTr("去缴费")
            iconName: "cash"
            onClicked: screen.arranged.pay()
        },
        GsButton {
            objectName: "printAgain"
            visible: screen.cases.takenHere
            text: qsTr("补打回执")
            iconName: "receipt"
            enabled: screen.cases.paper.state !== "printing"
            onClicked: screen.cases.printReceipt()
        },
        GsButton {
            objectName: "printDecision"
            visible: screen.cases.hasPaper
            text: qsTr("打印部门文书")
            iconName: "file-certificate"
            enabled: screen.cases.paper.state !== "printing" && !screen.cases.fetching
            onClicked: screen.cases.printDecision()
        }
    ]

    GsCard {
        Layout.fillWidth: true
        raised: true
        spacing: GsTheme.gap
        GsTag {
            objectName: "caseState"
            text: GsWords.caseState(screen.cases.state)
            mood: GsWords.caseMood(screen.cases.state)
            iconName: ({
                    good: "circle-check",
                    warn: "alert-circle",
                    info: "clock"
                })[mood]
        }
        GsText {
            objectName: "caseNext"
            Layout.fillWidth: true
            text: GsWords.caseNext(screen.cases.state)
        }
        GsLine {
            Layout.fillWidth: true
            label: qsTr("编号")
            full: screen.cases.submissionNo
        }
        GsLine {
            visible: screen.cases.acceptanceNo !== ""
            Layout.fillWidth: true
            label: qsTr("受理号")
            full: screen.cases.acceptanceNo
        }
        GsLine {
            Layout.fillWidth: true
            label: qsTr("交上来的时间")
            full: GsWords.moment(screen.cases.submitted)
        }
        GsText {
            visible: !screen.cases.takenHere && screen.cases.submissionNo !== ""
            Layout.fillWidth: true
            text: qsTr("这件是在别的机器上交的。")
            role: "small"
            soft: true
        }
        GsLine {
            visible: screen.cases.state === "queued" && screen.cases.deliverBy !== ""
            Layout.fillWidth: true
            label: qsTr("送到部门")
            full: qsTr("我们最迟%1送到").arg(GsWords.shortDay(screen.cases.deliverBy))
        }
    }
    GsCard {
        objectName: "caseArranged"
        visible: screen.arranged.something
        Layout.fillWidth: true
        spacing: GsTheme.gap
        GsLine {
            visible: screen.arranged.way !== ""
            Layout.fillWidth: true
            label: qsTr("结果怎么拿")
            full: GsWords.way(screen.arranged.way)
        }
        GsLine {
            visible: screen.arranged.booking !== ""
            Layout.fillWidth: true
            label: qsTr("预约")
            full: GsWords.shortDay(screen.arranged.day) + " " + screen.arranged.time
        }
        GsText {
            objectName: "caseBooking"
            visible: screen.arranged.booking !== ""
            Layout.fillWidth: true
            text: GsWords.booking(screen.arranged.booking)
            strong: true
        }
        GsLine {
            visible: screen.arranged.charged
            Layout.fillWidth: true
            label: screen.arranged.paid ? qsTr("费用（已缴）") : qsTr("费用（还没缴）")
            full: screen.arranged.amount !== "" ? qsTr("%1 元").arg(screen.arranged.amount) : screen.arranged.freeText
        }
    }
    GsBanner {
        visible: screen.cases.parked
        Layout.fillWidth: true
        mood: "warn"
        text: qsTr("这件需要工作人员处理一下，材料都在，没有丢。")
        action: qsTr("请找工作人员，或者打 %1。").arg(GsWords.hotline)
    }
    GsCard {
        visible: screen.cases.reason !== "" || screen.cases.asked.length > 0
        Layout.fillWidth: true
        spacing: GsTheme.gap
        GsText {
            Layout.fillWidth: true
            text: screen.cases.correctable ? qsTr("部门请您补正这些") : qsTr("部门的说明")
            role: "lead"
            strong: true
        }
        GsText {
            visible: screen.cases.reason !== ""
            Layout.fillWidth: true
            text: screen.cases.reason
        }
        Repeater {
            model: screen.cases.asked
            GsText {
                required property string modelData
                Layout.fillWidth: true
                text: "· " + modelData
                strong: true
            }
        }
    }
    GsBanner {
        objectName: "caseOpenPrint"
        visible: screen.cases.paper.state === "idle" && screen.cases.openPrint !== ""
        Layout.fillWidth: true
        mood: "warn"
        iconName: "printer"
        text: screen.cases.openPrint === "parked" ? qsTr("上次的纸没有打出来。") : qsTr("上次的纸不知道打出来没有。")
        action: screen.cases.openPrint === "parked" ? qsTr("现在可以打了，请点下面的按钮。") : qsTr("如果没有拿到，可以再打一张。")
    }
    GsBanner {
        objectName: "casePrint"
        visible: screen.cases.paper.state !== "idle"
        Layout.fillWidth: true
        mood: screen.cases.paper.state === "printed" ? "good" : screen.cases.paper.state === "failed" ? "warn" : "info"
        iconName: screen.cases.paper.state === "failed" ? "printer-off" : "printer"
        text: ({
                printing: qsTr("正在打印"),
                printed: qsTr("打好了，请在出纸口取走。")
            })[screen.cases.paper.state] ?? screen.cases.paper.cause
        action: screen.cases.paper.state === "failed" ? screen.cases.paper.action : ""
    }
    GsProblem {
        Layout.fillWidth: true
        visit: screen.kiosk.visit
    }
}
